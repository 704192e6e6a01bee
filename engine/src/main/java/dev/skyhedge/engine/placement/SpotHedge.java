package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.ZoneHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        int wanted = request.wanted();
        int spotTarget = wanted == 0 ? 0 : Math.max(0, wanted + spec.spares() - spec.onDemandBase());
        int missingSpot = Math.max(0, spotTarget - request.readySpot());
        int onDemandTarget =
                wanted == 0 ? 0 : Math.min(wanted, spec.onDemandBase() + (spec.onDemandFallback() ? missingSpot : 0));

        var draft = new Draft(request);
        draft.placeSpot(spotTarget, Math.max(0, wanted - spec.onDemandBase()));
        draft.placeOnDemand(onDemandTarget, spec.onDemandBase());
        return draft.finish(spotTarget, onDemandTarget, Math.min(wanted, spec.onDemandBase()));
    }

    /// One decision in the making.
    private static final class Draft {
        private final PlacementRequest request;
        private final OfferBook spot;
        private final OnDemandChooser onDemand;
        private final List<Choice> choices = new ArrayList<>();
        private final List<ZoneHealth> learnt = new ArrayList<>();
        private final List<String> blocked = new ArrayList<>();
        private Optional<Instant> retryAt = Optional.empty();

        Draft(PlacementRequest request) {
            this.request = request;
            this.spot = new OfferBook(request, Market.SPOT);
            this.onDemand = new OnDemandChooser(request);
        }

        void placeSpot(int target, int withoutSpares) {
            int held = request.heldSpot().size();
            int missing = target - held - request.spotDelayed();
            if (missing <= 0) {
                return;
            }
            List<Offer> open = openActiveZones();
            if (open.isEmpty()) {
                block(missing, "spot", spot);
                return;
            }
            var cheapestFirst = new ZoneChoice(open, request.heldSpot());
            for (int i = 0; i < missing; i++) {
                Role role = held + i < withoutSpares ? Role.TARGET : Role.SPARE;
                choices.add(cheapestFirst.next(role));
            }
        }

        /// Offers of active zones that may be asked now; forgives all zones if too few are active.
        private List<Offer> openActiveZones() {
            long activeZones =
                    spot.active().stream().map(Offer::location).distinct().count();
            if (activeZones >= MIN_ACTIVE_ZONES) {
                return spot.open().stream()
                        .filter(offer -> !spot.isPreempting(offer))
                        .toList();
            }
            for (ZoneHealth entry : spot.preempting()) {
                learnt.add(forgiven(entry));
            }
            return spot.open();
        }

        private ZoneHealth forgiven(ZoneHealth entry) {
            return new ZoneHealth(
                    entry.location(),
                    entry.accelerator(),
                    entry.market(),
                    ZoneHealth.Status.ACTIVE,
                    entry.failures(),
                    request.now(),
                    entry.retryAt(),
                    "too few active zones were left, all are tried again");
        }

        void placeOnDemand(int target, int base) {
            int held = request.heldOnDemand().size();
            int missing = target - held - request.onDemandDelayed();
            for (int i = 0; i < missing; i++) {
                Role role = held + i < base ? Role.ON_DEMAND : Role.FALLBACK;
                Optional<Choice> choice = onDemand.choose(role);
                if (choice.isEmpty()) {
                    block(missing - i, "on-demand", onDemand.book());
                    return;
                }
                choices.add(choice.get());
            }
        }

        private void block(int count, String market, OfferBook book) {
            blocked.add(Blocked.because(count, market, book, request.now()));
            retryAt = Blocked.earlier(retryAt, book.nextRetry());
        }

        PlacementDecision finish(int spotTarget, int onDemandTarget, int onDemandSettled) {
            return new PlacementDecision(
                    spotTarget, onDemandTarget, onDemandSettled, choices, learnt, blocked, retryAt);
        }
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
                return "cheapest zone, all zones have one of ours";
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
