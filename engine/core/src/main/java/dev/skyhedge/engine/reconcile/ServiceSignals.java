package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What balancers and probes have told, kept as it comes and made into the planner's [Signals] when it asks. None
/// of it is stored: a controller that begins knows nothing and is told anew. Not thread-safe.
final class ServiceSignals {
    private final Map<String, Traffic> traffic = new HashMap<>();
    private final Map<ReplicaKey, Instant> notPassing = new HashMap<>();
    private final Set<ReplicaKey> drained = new HashSet<>();
    /// As long as nobody says otherwise they are: nothing known means busy.
    private Predicate<String> counted = _ -> true;

    /// A balancer's latest figures about a service.
    record Traffic(
            OptionalDouble requestsPerSecond,
            int held,
            Map<String, Integer> inFlight,
            Optional<Instant> countedAt,
            Optional<MeasuredLoad> load) {
        static final Traffic UNKNOWN =
                new Traffic(OptionalDouble.empty(), 0, Map.of(), Optional.empty(), Optional.empty());
    }

    /// Whether the requests of a service are counted; nobody does where it has no endpoint or none is open.
    void countedIf(Predicate<String> isCounted) {
        counted = isCounted;
    }

    void traffic(String service, Traffic latest) {
        traffic.put(service, latest);
    }

    private Traffic traffic(String service) {
        return traffic.getOrDefault(service, Traffic.UNKNOWN);
    }

    /// At least one request waits.
    void wake(String service) {
        Traffic latest = traffic(service);
        traffic(
                service,
                new Traffic(
                        latest.requestsPerSecond(),
                        Math.max(1, latest.held()),
                        latest.inFlight(),
                        latest.countedAt(),
                        latest.load()));
    }

    /// Services of whose traffic something is known, with replicas or without.
    Set<String> servicesWithTraffic() {
        return traffic.keySet();
    }

    /// There is no such service any more.
    void removed(String service) {
        traffic.remove(service);
    }

    /// A replica that left the routing table has no request in progress.
    void drained(ReplicaKey replica) {
        drained.add(replica);
    }

    /// Notes the result of a probe. True if that is news.
    boolean probed(ReplicaKey replica, boolean passing, Instant at) {
        return passing ? notPassing.remove(replica) != null : notPassing.putIfAbsent(replica, at) == null;
    }

    boolean isPassing(ReplicaRecord replica) {
        return !notPassing.containsKey(ReplicaKey.of(replica));
    }

    /// A replica lives no more; what was told of it is of no use.
    void ended(ReplicaKey replica) {
        notPassing.remove(replica);
        drained.remove(replica);
    }

    /// So much time has passed by the clock that nobody lived through.
    void skip(Duration lost) {
        notPassing.replaceAll((_, since) -> since.plus(lost));
    }

    /// All that is known of a service.
    ///
    /// @param records its replicas
    /// @param silent places of which nothing is to be expected
    /// @param watchedSince by name of replica
    Signals of(
            String service,
            Collection<ReplicaRecord> records,
            Set<LocationPattern> silent,
            Map<String, Instant> watchedSince) {
        Traffic latest = traffic(service);
        Set<String> idle = drained.stream()
                .filter(key -> key.service().equals(service))
                .map(ReplicaKey::name)
                .collect(Collectors.toSet());
        return new Signals(
                latest.requestsPerSecond(),
                latest.held(),
                failing(records),
                unanswered(records, silent),
                latest.inFlight(),
                latest.countedAt(),
                idle,
                latest.countedAt().isPresent() || counted.test(service),
                watchedSince,
                latest.load());
    }

    private Map<String, Instant> failing(Collection<ReplicaRecord> records) {
        Map<String, Instant> failing = new HashMap<>();
        if (!notPassing.isEmpty()) {
            for (ReplicaRecord replica : records) {
                Instant since = notPassing.get(ReplicaKey.of(replica));
                if (since != null) {
                    failing.put(replica.name(), since);
                }
            }
        }
        return failing;
    }

    private static Set<String> unanswered(Collection<ReplicaRecord> records, Set<LocationPattern> silent) {
        return silent.isEmpty()
                ? Set.of()
                : records.stream()
                        .filter(replica -> (replica.lifecycle() == Lifecycle.REQUESTED
                                        || replica.lifecycle() == Lifecycle.PROVISIONING)
                                && Silence.isIn(silent, replica.offer().location()))
                        .map(ReplicaRecord::name)
                        .collect(Collectors.toSet());
    }
}
