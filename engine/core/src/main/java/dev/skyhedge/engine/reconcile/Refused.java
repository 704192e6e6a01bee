package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.fleet.BarLearning;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.RefusedLaunches.Refusal;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What providers refused: quotas that were found used up, which the state keeps, and where and when launches came
/// to nothing, which it does not: a new process has made none yet, and tries at once what may have been corrected.
final class Refused {
    /// Only the newest count: far more than any service may make in the time that they count.
    private static final int MAX_KEPT = 100_000;

    /// The newest of them: more than there are places to ask in.
    private static final int MAX_BARRED = 1_000;

    /// A launch that was refused so long ago says nothing any more.
    private static final Duration REMEMBERED = Duration.ofHours(2);

    private final Map<Scope, ClosedScope> scopes = new LinkedHashMap<>();
    private final Deque<Refusal> oldestFirst = new ArrayDeque<>();
    private List<Barred> barred = List.of();

    void put(ClosedScope closed) {
        scopes.put(closed.scope(), closed);
    }

    void forget(ClosedScope closed) {
        scopes.remove(closed.scope());
    }

    /// Quotas that were found used up.
    List<ClosedScope> scopes() {
        return List.copyOf(scopes.values());
    }

    Optional<ClosedScope> of(Scope scope) {
        return Optional.ofNullable(scopes.get(scope));
    }

    /// A launch came to nothing.
    void add(ReplicaRecord replica, Instant at) {
        oldestFirst.addLast(new Refusal(
                replica.service(),
                replica.offer().accelerator(),
                replica.offer().market(),
                at));
        if (oldestFirst.size() > MAX_KEPT) {
            oldestFirst.removeFirst();
        }
    }

    /// The launch was refused with this failure.
    void bar(ReplicaRecord replica, Failure failure, Instant at) {
        List<Barred> after = BarLearning.refused(barred, replica, failure, at);
        barred = after.subList(Math.max(0, after.size() - MAX_BARRED), after.size());
    }

    /// A launch was accepted.
    void open(ReplicaRecord replica) {
        barred = BarLearning.accepted(barred, replica);
    }

    RefusedLaunches lately(Instant now) {
        while (!oldestFirst.isEmpty()
                && !oldestFirst.getFirst().at().plus(RefusedLaunches.WINDOW).isAfter(now)) {
            oldestFirst.removeFirst();
        }
        barred = barred.stream()
                .filter(bar -> bar.since().plus(REMEMBERED).isAfter(now))
                .toList();
        return new RefusedLaunches(scopes(), List.copyOf(oldestFirst), barred);
    }
}
