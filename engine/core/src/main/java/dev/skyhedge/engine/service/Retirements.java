package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Ends replicas of one part of a service in one plan: those that do not work, those of an earlier version, those
/// beyond the targets. It never takes a serving replica while no more than the wanted number serve, nor because its
/// part has become smaller before the other parts serve.
final class Retirements {
    private final ServiceSpec spec;
    private final RollOut rollOut;
    private final Replicas fleet;
    private final int wanted;
    private final boolean othersServe;
    private final Consumer<Action> actions;
    private final Set<String> retired = new HashSet<>();
    private int servingLeft;
    private final Set<String> awaiting = new HashSet<>();

    /// @param wanted of the part
    /// @param othersServe whether every other part has as many that serve as it is to have
    Retirements(
            ServiceSpec spec,
            RollOut rollOut,
            Replicas fleet,
            int wanted,
            boolean othersServe,
            Consumer<Action> actions) {
        this.spec = spec;
        this.rollOut = rollOut;
        this.fleet = fleet;
        this.wanted = wanted;
        this.othersServe = othersServe;
        this.actions = actions;
        this.servingLeft = fleet.serving();
    }

    /// Those of them that stay.
    List<ReplicaRecord> remaining(List<ReplicaRecord> replicas) {
        return retired.isEmpty()
                ? replicas
                : replicas.stream()
                        .filter(replica -> !retired.contains(replica.name()))
                        .toList();
    }

    /// How many that serve would end if the other parts served.
    int awaiting() {
        return awaiting.size();
    }

    /// Ends replicas that somebody has ordered to end, however few serve.
    void ordered(ServiceOrders orders) {
        for (ReplicaRecord replica : fleet.rising()) {
            orders.endsBecause(replica).ifPresent(why -> end(replica, Lifecycle.GONE, why));
        }
    }

    /// Ends replicas that never got ready in time, and ones whose probes have failed for too long.
    void unfit(Signals signals, Instant now, Consumer<Instant> wakes) {
        for (ReplicaRecord replica : remaining(fleet.rising())) {
            Fitness.unfitBecause(replica, spec, signals, now, wakes)
                    .ifPresent(why -> retire(replica, Lifecycle.FAILED, why));
        }
    }

    /// Ends replicas of an earlier version as far as newer ones have proven themselves in their place.
    void outdated(PlacementDecision decision, ServiceOrders orders) {
        List<ReplicaRecord> outdated = remaining(fleet.outdated());
        if (outdated.isEmpty()) {
            return;
        }
        int proven = fleet.provenCurrent();
        int keep = switch (spec.update().mode()) {
            case ROLLING -> Math.max(0, attainable(decision) - proven);
            case BLUE_GREEN -> proven >= attainable(decision) ? 0 : outdated.size();
        };
        retireLeastMissed(
                outdated,
                outdated.size() - keep,
                wanted == 0,
                replica -> orders.replacedBecause(replica).orElseGet(() -> rollOut.outdatedBecause(fleet, replica)));
    }

    /// The target, without what cannot be placed now: an update must not wait for a spare that nobody offers.
    private int attainable(PlacementDecision decision) {
        int possible = remaining(fleet.current()).size() + decision.choices().size();
        return Math.min(decision.target(), Math.max(wanted, possible));
    }

    /// Ends what is beyond the targets.
    ///
    /// @param why what is said of those that nothing else can be said of
    void surplus(PlacementDecision decision, String why) {
        release(decision);
        List<ReplicaRecord> spot = remaining(fleet.current(Market.SPOT));
        retireLeastMissed(spot, spot.size() - decision.spotTarget(), true, _ -> why);
        List<ReplicaRecord> onDemand = remaining(fleet.current(Market.ON_DEMAND));
        retireLeastMissed(
                onDemand,
                onDemand.size() - decision.onDemandTarget(),
                decision.spotTarget() == 0 || fleet.servingSpot() < wanted,
                _ -> decision.spotTarget() > 0 ? noStandIn(decision) : why);
    }

    private String noStandIn(PlacementDecision decision) {
        boolean isReady = fleet.servingSpot() + decision.onDemandSettled() >= wanted;
        return (isReady ? "spot is ready" : "spot will be ready as early") + ", no stand-in is needed";
    }

    /// Ends spot replicas in the places that the decision names, as far as there are more than wanted.
    private void release(PlacementDecision decision) {
        for (PlacementDecision.Release release : decision.releases()) {
            List<ReplicaRecord> spot = remaining(fleet.current(Market.SPOT));
            if (spot.size() <= decision.spotTarget()) {
                return;
            }
            List<ReplicaRecord> there = spot.stream()
                    .filter(replica ->
                            replica.offer().location().equals(release.offer().location())
                                    && replica.offer()
                                            .accelerator()
                                            .equals(release.offer().accelerator()))
                    .toList();
            retireLeastMissed(there, 1, true, _ -> release.reason());
        }
    }

    /// @param shrinks whether they end because the part is to have less, and not because others of it serve
    private void retireLeastMissed(
            List<ReplicaRecord> candidates, int count, boolean shrinks, Function<ReplicaRecord, String> why) {
        if (count <= 0) {
            return;
        }
        for (ReplicaRecord replica : candidates.stream()
                .sorted(fleet.leastMissedFirst())
                .limit(count)
                .toList()) {
            if (shrinks && !othersServe && fleet.isServing(replica)) {
                awaiting.add(replica.name());
            } else {
                retire(replica, Lifecycle.GONE, why.apply(replica));
            }
        }
    }

    private void retire(ReplicaRecord replica, Lifecycle endsAs, String why) {
        if (!fleet.isServing(replica) || servingLeft > wanted) {
            end(replica, endsAs, why);
        }
    }

    private void end(ReplicaRecord replica, Lifecycle endsAs, String why) {
        Optional<Action> action = Retirement.retire(replica, endsAs, why);
        if (action.isPresent()) {
            actions.accept(action.get());
            retired.add(replica.name());
            servingLeft -= fleet.isServing(replica) ? 1 : 0;
        }
    }
}
