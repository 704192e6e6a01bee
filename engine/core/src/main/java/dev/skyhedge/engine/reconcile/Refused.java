package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.RefusedLaunches.Mistake;
import dev.skyhedge.engine.plan.RefusedLaunches.Refusal;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What providers refused: quotas that were found used up, which the state keeps, and launches that came to
/// nothing a moment ago, which it does not, as a new process has made none yet.
final class Refused {
    /// Only the newest count: far more than any service may make in the time that they count.
    private static final int MAX_KEPT = 100_000;

    private final Map<Scope, ClosedScope> scopes = new LinkedHashMap<>();
    private final Map<String, Mistake> mistakes = new LinkedHashMap<>();
    private final Deque<Refusal> oldestFirst = new ArrayDeque<>();

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
        oldestFirst.addLast(new Refusal(replica.service(), replica.offer().market(), at));
        if (oldestFirst.size() > MAX_KEPT) {
            oldestFirst.removeFirst();
        }
    }

    /// The same call would be refused again.
    void mistake(ReplicaRecord replica, boolean isDenial, String reason, Instant at) {
        var mistake = new Mistake(replica.service(), replica.version(), replica.offer(), isDenial, reason, at);
        String key = isDenial + " " + replica.service() + " " + replica.offer().location() + " "
                + replica.offer().instanceType() + " " + replica.offer().market();
        mistakes.put(key, mistake);
    }

    RefusedLaunches lately(Instant now) {
        while (!oldestFirst.isEmpty()
                && !oldestFirst.getFirst().at().plus(RefusedLaunches.WINDOW).isAfter(now)) {
            oldestFirst.removeFirst();
        }
        mistakes.values().removeIf(mistake -> !mistake.retryAt().isAfter(now));
        return new RefusedLaunches(scopes(), List.copyOf(oldestFirst), List.copyOf(mistakes.values()));
    }
}
