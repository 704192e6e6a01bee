package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a cloud's own auto-scaling group does: everything in one region, a fixed number on-demand, the rest on
/// spot with zones balanced by number, and nothing that stands in for spot that cannot be had.
///
/// The region is that of the cheapest spot offer; among equals the one with most zones, then the first by name.
final class AutoScalingGroup implements PlacementPolicy {
    private final int onDemandBase;

    /// @param onDemandBase replicas that are always on-demand
    AutoScalingGroup(int onDemandBase) {
        this.onDemandBase = onDemandBase;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request) {
        Targets targets = Targets.plain(request.wanted(), onDemandBase);
        PlacementRequest local =
                region(request.offers()).map(region -> within(request, region)).orElse(request);
        var draft = new PlacementDraft(local);
        EvenSpread.fill(local, targets, draft);
        draft.placeOnDemand(targets.onDemand(), onDemandBase);
        return draft.finish(targets);
    }

    private static Optional<String> region(List<Offer> offers) {
        Map<String, Set<Location>> zones = new HashMap<>();
        List<Offer> spot =
                offers.stream().filter(offer -> offer.market() == Market.SPOT).toList();
        spot.forEach(offer ->
                zones.computeIfAbsent(region(offer), _ -> new HashSet<>()).add(offer.location()));
        return spot.stream()
                .min(Comparator.comparing(Offer::price)
                        .thenComparing(
                                (Offer offer) -> zones.getOrDefault(region(offer), Set.of())
                                        .size(),
                                Comparator.reverseOrder())
                        .thenComparing(AutoScalingGroup::region))
                .map(AutoScalingGroup::region);
    }

    private static String region(Offer offer) {
        return offer.location().cloud() + "/" + offer.location().region();
    }

    private static PlacementRequest within(PlacementRequest request, String region) {
        return request.among(request.offers().stream()
                .filter(offer -> region(offer).equals(region))
                .toList());
    }
}
