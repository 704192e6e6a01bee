package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// SpotHedge as SkyServe ships it: spot replicas spread over zones that did not preempt lately, some spares, and
/// on-demand replicas that stand in for spot that is not ready.
///
/// Source: Mao et al., "SkyServe: Serving AI Models across Regions and Clouds with Spot Instances", EuroSys'25,
/// section 4, with the rules of the shipped `dynamic_fallback` placer. It differs in that prices are live, and
/// that a launch which fails for a reason other than capacity does not mark its zone.
final class SpotHedge implements PlacementPolicy {
    /// Fewer active zones than this, and all zones are forgiven.
    private static final int MIN_ACTIVE_ZONES = 2;

    private final PlacementSpec.SpotHedge spec;

    SpotHedge(PlacementSpec.SpotHedge spec) {
        this.spec = spec;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request) {
        Targets targets = Targets.of(
                spec, request.wanted(), request.standInsFor(), request.held().readySpot());
        var draft = new PlacementDraft(request);
        placeSpot(request, targets, draft);
        draft.placeOnDemand(targets.onDemand(), spec.onDemandBase());
        return draft.finish(targets);
    }

    private static void placeSpot(PlacementRequest request, Targets targets, PlacementDraft draft) {
        int held = request.held().count(Market.SPOT);
        int missing = request.missing(Market.SPOT, targets.spot());
        if (missing <= 0) {
            return;
        }
        var book = new OfferBook(request, Market.SPOT);
        List<Offer> open = openActiveZones(request, book, draft);
        if (open.isEmpty()) {
            draft.block(missing, "spot", book);
            return;
        }
        var cheapestFirst = new ZoneChoice(open, request.held().offers(Market.SPOT));
        for (int i = 0; i < missing; i++) {
            draft.launch(cheapestFirst.next(targets.spotRole(held + i)));
        }
    }

    /// Offers of active zones that may be asked now; forgives all zones if too few are active.
    private static List<Offer> openActiveZones(PlacementRequest request, OfferBook book, PlacementDraft draft) {
        long activeZones =
                book.active().stream().map(Offer::location).distinct().count();
        if (activeZones >= MIN_ACTIVE_ZONES) {
            return book.open().stream()
                    .filter(offer -> !book.isPreempting(offer))
                    .toList();
        }
        for (ZoneHealth entry : book.preempting()) {
            draft.learn(forgiven(entry, request));
        }
        return book.open();
    }

    private static ZoneHealth forgiven(ZoneHealth entry, PlacementRequest request) {
        return new ZoneHealth(
                entry.location(),
                entry.accelerator(),
                entry.market(),
                ZoneHealth.Status.ACTIVE,
                entry.failures(),
                request.now(),
                entry.retryAt(),
                "too few active zones were left, all are tried again",
                entry.history());
    }

    /// Chooses zones for several launches in a row: the cheapest zone that holds none of ours, then the cheapest.
    private static final class ZoneChoice {
        private final List<Offer> cheapestFirst;
        private final Map<Location, Integer> held = new HashMap<>();
        private final Set<String> regions = new HashSet<>();
        private int firstUnheld = 0;

        ZoneChoice(List<Offer> cheapestFirst, List<Offer> heldOffers) {
            this.cheapestFirst = cheapestFirst;
            heldOffers.forEach(this::hold);
        }

        Choice next(Role role) {
            while (firstUnheld < cheapestFirst.size()
                    && held.containsKey(cheapestFirst.get(firstUnheld).location())) {
                firstUnheld++;
            }
            boolean spreads = firstUnheld < cheapestFirst.size();
            Offer offer = cheapestFirst.get(spreads ? firstUnheld : 0);
            String reason = reason(offer, spreads);
            hold(offer);
            return new Choice(offer, role, role == Role.SPARE ? "spare: " + reason : reason);
        }

        private String reason(Offer offer, boolean spreads) {
            if (!spreads) {
                return "cheapest zone, all that are open have one of ours";
            }
            if (held.isEmpty()) {
                return "cheapest zone";
            }
            return regions.contains(region(offer))
                    ? "cheapest zone without one of ours"
                    : "cheapest zone without one of ours, none in its region";
        }

        private void hold(Offer offer) {
            held.merge(offer.location(), 1, Integer::sum);
            regions.add(region(offer));
        }

        private static String region(Offer offer) {
            return offer.location().cloud() + "/" + offer.location().region();
        }
    }
}
