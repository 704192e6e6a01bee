package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.Demand;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.PartedLaunches;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// All parts of what one service wants. Each is planned by itself; together they share names of replicas, the surge of
/// an update, and what a cloud lets one launch.
final class ServiceParts {
    private final Demand demand;
    private final List<PartPlanner> parts = new ArrayList<>();

    /// @param fleet all replicas of the service
    /// @param sorted sorts some of them
    ServiceParts(
            Demand demand,
            PartPlanner.Setting setting,
            Replicas fleet,
            Function<List<ReplicaRecord>, Replicas> sorted) {
        this.demand = demand;
        List<Replicas> fleets = demand.parts().size() == 1
                ? List.of(fleet)
                : demand.parts().stream()
                        .map(part -> sorted.apply(fleet.all().stream()
                                .filter(replica ->
                                        demand.partOf(replica.offer()).equals(part))
                                .toList()))
                        .toList();
        for (int i = 0; i < fleets.size(); i++) {
            int self = i;
            boolean othersServe = IntStream.range(0, fleets.size())
                    .filter(other -> other != self)
                    .allMatch(other -> fleets.get(other).serving()
                            >= demand.parts().get(other).wanted());
            parts.add(new PartPlanner(demand.parts().get(i), setting, fleets.get(i), othersServe));
        }
    }

    List<PartPlanner> all() {
        return parts;
    }

    /// Over all parts together.
    int sum(ToIntFunction<PartPlanner> ofPart) {
        return parts.stream().mapToInt(ofPart).sum();
    }

    /// How many replicas that part has less than it is to have in any case which has the fewest.
    int belowFloor() {
        return parts.stream().mapToInt(PartPlanner::belowFloor).max().orElse(0);
    }

    /// Decides where the replicas of each are to be.
    ///
    /// @param permitted what may be launched
    /// @param seed makes random choices
    void place(List<Offer> permitted, LaunchLimits limits, Slots slots, long seed) {
        if (parts.size() == 1) {
            parts.getFirst().place(permitted, limits, slots, seed);
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            Demand.Part part = demand.parts().get(i);
            List<Offer> itsOffers = permitted.stream()
                    .filter(offer -> demand.partOf(offer).equals(part))
                    .toList();
            parts.get(i)
                    .place(
                            itsOffers,
                            limits.forPart(
                                    accelerator -> demand.partOf(accelerator).equals(part), part.wanted()),
                            slots.forPart(offer -> demand.partOf(offer).equals(part)),
                            seed + i);
        }
    }

    /// The launches of each, as far as an update leaves room for them.
    List<PartedLaunches.Turn> launches(UpdateSpec update, Function<PartPlanner, Launches.Purpose> purpose) {
        boolean updates = update.mode() != UpdateSpec.Mode.BLUE_GREEN
                && parts.stream().anyMatch(part -> !part.outdated().isEmpty());
        Optional<Surge> updating =
                updates ? Optional.of(Surge.of(update.surge(), parts, PartPlanner::missingOfTarget)) : Optional.empty();
        return parts.stream()
                .map(part -> part.launches(purpose.apply(part), updating))
                .toList();
    }

    List<PlacementDecision> decisions() {
        return parts.stream().map(PartPlanner::decision).toList();
    }

    List<ZoneHealth> learnt() {
        return decisions().stream()
                .flatMap(decision -> decision.learnt().stream())
                .toList();
    }

    /// What all of them cost with these actions done.
    Plan.Cost cost(List<Action> actions) {
        Plan.Cost cost = Plan.Cost.ZERO;
        for (int i = 0; i < parts.size(); i++) {
            Demand.Part part = demand.parts().get(i);
            cost = cost.plus(parts.get(i)
                    .cost(actions.stream()
                            .filter(action -> Action.now(action) instanceof Action.Launch launch
                                    && demand.partOf(launch.offer()).equals(part))
                            .toList()));
        }
        return cost;
    }
}
