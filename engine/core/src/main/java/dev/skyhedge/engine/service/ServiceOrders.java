package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.Demand;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The orders in force that are about one service or its replicas.
final class ServiceOrders {
    private final Map<String, Ending> byGeneration = new HashMap<>();
    private Optional<PlacedOrder> pause = Optional.empty();

    private record Ending(Order.How how, PlacedOrder placed) {
        boolean isRestart() {
            return how == Order.How.RESTART;
        }
    }

    private ServiceOrders() {}

    static ServiceOrders of(World world, String service) {
        var found = new ServiceOrders();
        for (PlacedOrder placed : world.orders()) {
            switch (placed.order()) {
                case Order.EndReplica end -> found.byGeneration.put(end.subject(), new Ending(end.how(), placed));
                case Order.PauseService(String paused) -> {
                    if (paused.equals(service)) {
                        found.pause = Optional.of(placed);
                    }
                }
                case Order.ResumeService _,
                        Order.AvoidZone _,
                        Order.AllowZone _,
                        Order.ApplySpec _,
                        Order.Destroy _ -> {}
            }
        }
        return found;
    }

    boolean isPaused() {
        return pause.isPresent();
    }

    /// A paused service wants nothing. What the autoscaler remembers is of the time before.
    Autoscaler.Decision scale(Autoscaler.Decision decided) {
        return pause.map(placed ->
                        new Autoscaler.Decision(0, decided.memory(), Optional.empty(), "paused, " + placed.askedFor()))
                .orElse(decided);
    }

    /// Why replicas beyond the targets end.
    ///
    /// @param economy what is given up for a budget
    String surplusBecause(Demand.Part part, Economy economy) {
        return pause.map(placed -> "paused, " + placed.askedFor())
                .orElseGet(() -> economy.isAny()
                        ? saving(economy)
                        : "more than needed: " + part.wanted() + " wanted"
                                + part.accelerator().map(one -> " on " + one).orElse(""));
    }

    private static String saving(Economy economy) {
        return economy.minimum()
                ? "to keep within the budget: without " + economy.text()
                : "too little is left of the day's budget";
    }

    /// What a user should know about the service.
    Optional<String> note(String service) {
        return pause.map(placed -> "paused, " + placed.askedFor()
                + ": it wants no replica until `skyhedge service resume " + service + "`");
    }

    /// Why the replica is to end without waiting for another one.
    Optional<String> endsBecause(ReplicaRecord replica) {
        return about(replica)
                .filter(ending -> ending.how() != Order.How.REPLACE)
                .map(ending -> (ending.isRestart() ? "to be started again, " : "")
                        + ending.placed().askedFor());
    }

    /// Why the replica is to end once another one serves.
    Optional<String> replacedBecause(ReplicaRecord replica) {
        return about(replica)
                .filter(ending -> ending.how() == Order.How.REPLACE)
                .map(ending -> ending.placed().askedFor());
    }

    /// How many replicas have to end before they are started again: nothing is launched in their place meanwhile.
    int restarting(Market market, List<ReplicaRecord> replicas) {
        if (byGeneration.isEmpty()) {
            return 0;
        }
        return (int) replicas.stream()
                .filter(replica -> replica.offer().market() == market)
                .filter(replica -> about(replica).filter(Ending::isRestart).isPresent())
                .filter(ServiceOrders::isEnding)
                .count();
    }

    /// One that this very plan ends counts, too. A launch without an answer is not ended yet.
    private static boolean isEnding(ReplicaRecord replica) {
        return switch (replica.lifecycle()) {
            case PROVISIONING, STARTING, READY, DRAINING, STOPPING -> true;
            case REQUESTED, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }

    /// Names of replicas that have ended in order to be started again.
    List<String> toStartAgain(List<ReplicaRecord> replicas) {
        return byGeneration.isEmpty()
                ? List.of()
                : replicas.stream()
                        .filter(replica -> !replica.lifecycle().isLive())
                        .filter(replica ->
                                about(replica).filter(Ending::isRestart).isPresent())
                        .map(ReplicaRecord::name)
                        .toList();
    }

    /// Why a replica of that name is launched, if it is because of an order: the restart of its predecessor, or the
    /// end of another replica in whose place none has been launched yet.
    Optional<String> launchedBecause(String name, List<ReplicaRecord> replicas) {
        if (byGeneration.isEmpty()) {
            return Optional.empty();
        }
        for (ReplicaRecord replica : replicas) {
            Optional<Ending> ending = about(replica);
            if (ending.isPresent()
                    && (ending.get().isRestart()
                            ? replica.name().equals(name)
                            : !isSucceeded(ending.get().placed(), replicas))) {
                return Optional.of("in place of " + ReplicaNames.withGeneration(replica) + ", "
                        + ending.get().placed().askedFor());
            }
        }
        return Optional.empty();
    }

    private static boolean isSucceeded(PlacedOrder placed, List<ReplicaRecord> replicas) {
        return placed.answer()
                .filter(inForce -> replicas.stream()
                        .anyMatch(replica -> !replica.requestedAt().isBefore(inForce.at())))
                .isPresent();
    }

    private Optional<Ending> about(ReplicaRecord replica) {
        return byGeneration.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(byGeneration.get(ReplicaNames.withGeneration(replica)));
    }
}
