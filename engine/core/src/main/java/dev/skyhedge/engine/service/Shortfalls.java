package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Why a service has fewer replicas than its placement decided, where waiting alone is not expected to help. Texts
/// for people.
final class Shortfalls {
    private final Replicas fleet;
    private final Retirements retirements;
    private final List<Offer> permitted;
    private final PlacementDecision decision;

    /// @param permitted the offers that may be launched
    Shortfalls(Replicas fleet, Retirements retirements, List<Offer> permitted, PlacementDecision decision) {
        this.fleet = fleet;
        this.retirements = retirements;
        this.permitted = permitted;
        this.decision = decision;
    }

    /// Replicas that nobody offers anything for.
    List<String> unoffered() {
        List<String> unoffered = new ArrayList<>();
        for (Market market : Market.values()) {
            int missing = missing(market);
            if (missing > 0 && offersOf(market).isEmpty()) {
                unoffered.add(missing + " " + market.word().replace('_', '-')
                        + (missing == 1 ? " replica" : " replicas")
                        + " cannot be placed: no permitted location offers the accelerators");
            }
        }
        return unoffered;
    }

    /// Replicas that every offer's quota refuses, unless one of ours is about to end.
    List<String> beyondQuota(QuotaRoom quotas, World world) {
        SequencedSet<String> reasons = new LinkedHashSet<>();
        for (Market market : Market.values()) {
            List<Offer> offers = offersOf(market);
            if (missing(market) > 0 && quotas.isHopeless(offers) && !someoneLeaves(world)) {
                reasons.addAll(quotas.shortages(offers));
            }
        }
        return List.copyOf(reasons);
    }

    private static boolean someoneLeaves(World world) {
        return world.replicas().values().stream()
                .flatMap(List::stream)
                .anyMatch(replica ->
                        replica.lifecycle() == Lifecycle.DRAINING || replica.lifecycle() == Lifecycle.STOPPING);
    }

    /// Replicas that orders keep from every place.
    List<String> avoided(LaunchLimits limits) {
        SequencedSet<String> reasons = new LinkedHashSet<>();
        for (Market market : Market.values()) {
            List<Offer> offers = offersOf(market);
            if (missing(market) > 0 && !offers.isEmpty() && limits.avoidsAll(offers)) {
                limits.avoided(offers)
                        .forEach(place -> reasons.add(place.text() + ", and no other place is permitted;"
                                + " `skyhedge zone allow " + place.location() + "` ends that"));
            }
        }
        return List.copyOf(reasons);
    }

    /// Replicas that no cloud takes the request for: denied, or invalid.
    List<String> refused(LaunchLimits limits) {
        SequencedSet<String> reasons = new LinkedHashSet<>();
        for (Market market : Market.values()) {
            if (missing(market) > 0) {
                reasons.addAll(limits.refusals(offersOf(market)));
            }
        }
        return List.copyOf(reasons);
    }

    private int missing(Market market) {
        int target = market == Market.SPOT ? decision.spotTarget() : decision.onDemandTarget();
        return target - retirements.remaining(fleet.current(market)).size();
    }

    private List<Offer> offersOf(Market market) {
        return permitted.stream().filter(offer -> offer.market() == market).toList();
    }
}
