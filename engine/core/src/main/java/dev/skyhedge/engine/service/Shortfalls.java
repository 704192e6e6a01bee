package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.LaunchLimits;
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
                        + " cannot be placed: nothing that its resources permit is offered");
            }
        }
        return unoffered;
    }

    /// Replicas that no place is left for, as each is closed by an order, by a quota unless one of ours is about to
    /// end, or by a refusal.
    List<String> placeless(LaunchLimits limits, World world) {
        SequencedSet<String> reasons = new LinkedHashSet<>();
        for (Market market : Market.values()) {
            if (missing(market) > 0) {
                reasons.addAll(limits.hopeless(offersOf(market), !someoneLeaves(world)));
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

    private int missing(Market market) {
        int target = market == Market.SPOT ? decision.spotTarget() : decision.onDemandTarget();
        return target - retirements.remaining(fleet.current(market)).size();
    }

    private List<Offer> offersOf(Market market) {
        return permitted.stream().filter(offer -> offer.market() == market).toList();
    }
}
