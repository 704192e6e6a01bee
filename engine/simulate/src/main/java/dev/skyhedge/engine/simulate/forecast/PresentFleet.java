package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.event.Beginning;
import dev.skyhedge.engine.simulate.forecast.Experience.Pool;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What runs now, as a simulated day begins with it: the replicas that have an instance and are to keep it,
/// and the health of zones.
final class PresentFleet {
    private final World world;
    private final String service;

    PresentFleet(World world, String service) {
        this.world = world;
        this.service = service;
    }

    /// Where replicas run.
    Set<Pool> pools() {
        return running().stream().map(replica -> Pool.of(replica.offer())).collect(Collectors.toUnmodifiableSet());
    }

    private List<ReplicaRecord> running() {
        return world.replicas().getOrDefault(service, List.of()).stream()
                .filter(replica -> replica.instanceId().isPresent())
                .filter(replica -> switch (replica.lifecycle()) {
                    case PROVISIONING, STARTING, READY -> true;
                    case REQUESTED, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
                })
                .toList();
    }

    /// The same in a simulated cloud. What it does not list is left out, as if it were about to go.
    Beginning in(ExpectedCloud cloud) {
        return new Beginning(
                Optional.ofNullable(world.workloads().get(service)),
                running().stream()
                        .flatMap(replica -> cloud.here(replica.offer()).map(offer -> on(replica, offer)).stream())
                        .toList(),
                world.zoneHealth().stream().map(zone -> at(zone, cloud)).toList());
    }

    private static ReplicaRecord on(ReplicaRecord replica, Offer offer) {
        boolean ready = replica.lifecycle() == Lifecycle.READY;
        Task task = replica.task()
                .in(ready ? Task.State.READY : Task.State.STARTING, replica.since())
                .with(new Task.Proof(replica.readyAt(), Optional.empty(), Optional.empty()))
                .endingAs(Task.State.ENDED);
        Machine machine = replica.machine();
        return new ReplicaRecord(
                task,
                new Machine(
                        machine.key(),
                        offer,
                        machine.token(),
                        machine.rental(),
                        machine.instanceId(),
                        Machine.State.UP,
                        machine.since(),
                        new Machine.Risk(replica.atRiskSince(), Optional.empty()),
                        machine.refusedAs(),
                        Machine.State.GONE));
    }

    private static ZoneHealth at(ZoneHealth zone, ExpectedCloud cloud) {
        Location place = ExpectedCloud.place(zone.location(), cloud.name());
        return new ZoneHealth(
                place,
                zone.accelerator(),
                zone.market(),
                zone.status(),
                zone.failures(),
                zone.since(),
                zone.retryAt(),
                zone.evidence(),
                zone.history());
    }
}
