package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.fleet.ColdStart;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.FollowedLoad;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The replicas of one service that may take traffic, and those that finish what they have.
///
/// @param service its name
/// @param routes ordered by replica name
/// @param expectedReadyAt when the next replica may be ready, a guess from how long those before it took; empty if none
///     is on its way
/// @param load measured, that its mix of accelerators follows; empty while that is the declared one
public record Routes(
        String service, List<Route> routes, Optional<Instant> expectedReadyAt, Optional<FollowedLoad> load) {
    public Routes {
        routes = List.copyOf(routes);
    }

    /// One replica.
    ///
    /// @param replica name of the replica
    /// @param generation its generation
    /// @param endpoint where it is reached
    /// @param draining whether it gets no new requests
    /// @param drainBy when its requests are cut; empty if they are not
    /// @param entry how one gets in
    /// @param offer that its machine was rented by
    public record Route(
            String replica,
            int generation,
            Endpoint endpoint,
            boolean draining,
            Optional<Instant> drainBy,
            Entry entry,
            Offer offer) {}

    /// How one gets into a replica.
    ///
    /// @param access what its edit says
    /// @param token of its launch, which the key follows from if it was made for it
    public record Entry(AccessSpec access, IdempotencyToken token) {}

    /// @param access how one gets into a replica of the model
    static Routes of(Model model, String service, Function<ReplicaRecord, AccessSpec> access) {
        List<ReplicaRecord> replicas = model.replicas(service);
        List<Route> routes = replicas.stream()
                .filter(replica -> isRouted(model, replica))
                .sorted(Comparator.comparing(ReplicaRecord::name))
                .map(replica -> route(replica, access.apply(replica)))
                .toList();
        return new Routes(
                service,
                routes,
                expectedReadyAt(replicas),
                model.service(service).flatMap(workload -> workload.scaling().load()));
    }

    private static Optional<Instant> expectedReadyAt(List<ReplicaRecord> replicas) {
        return replicas.stream()
                .filter(replica -> isOnItsWay(replica.lifecycle()))
                .map(ReplicaRecord::requestedAt)
                .min(Comparator.naturalOrder())
                .map(first -> first.plus(ColdStart.of(replicas)));
    }

    private static boolean isOnItsWay(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case REQUESTED, PROVISIONING, STARTING -> true;
            case READY, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }

    private static boolean isRouted(Model model, ReplicaRecord replica) {
        return switch (replica.lifecycle()) {
            case READY ->
                replica.endpoint().isPresent()
                        && replica.isServing()
                        && model.signals().isPassing(replica);
            case DRAINING -> replica.endpoint().isPresent();
            case REQUESTED, PROVISIONING, STARTING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }

    private static Route route(ReplicaRecord replica, AccessSpec access) {
        return new Route(
                replica.name(),
                replica.generation(),
                replica.endpoint().orElseThrow(),
                replica.lifecycle() == Lifecycle.DRAINING,
                replica.preemptionAt(),
                new Entry(access, replica.token()),
                replica.offer());
    }
}
