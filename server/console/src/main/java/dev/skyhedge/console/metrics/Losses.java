package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Step.Transition;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Replicas that were lost and not replaced yet. Not thread-safe.
final class Losses {
    /// More than can be lost at once in one service; further ones are not timed.
    static final int MAX_OUTSTANDING = 10_000;

    private final Map<Cause, Map<String, Deque<Instant>>> outstanding = new EnumMap<>(Cause.class);

    /// Why a replica was lost.
    enum Cause {
        /// The cloud takes it back, or it ended outside of our doing. The replacement is wanted at once.
        CLOUD,
        /// Its workload failed. The replacement may have to wait for a back-off.
        FAILURE
    }

    /// A loss.
    ///
    /// @param at when it became known
    record Loss(Cause cause, Instant at) {}

    Losses() {
        clear();
    }

    /// Why a replica left the rising states; empty if it did not, or did because a plan said so.
    static Optional<Cause> causeOf(Transition transition, Set<ReplicaKey> planned) {
        if (transition.before().filter(Losses::wasThere).isEmpty()) {
            return Optional.empty();
        }
        return switch (transition.after().lifecycle()) {
            case PREEMPTED, GONE -> Optional.of(Cause.CLOUD);
            case FAILED -> Optional.of(Cause.FAILURE);
            case DRAINING -> isTakenBack(transition.after(), planned) ? Optional.of(Cause.CLOUD) : Optional.empty();
            case REQUESTED, PROVISIONING, STARTING, READY, STOPPING, FORGOTTEN -> Optional.empty();
        };
    }

    /// A launch that was refused is no loss: there was nothing.
    private static boolean wasThere(ReplicaRecord before) {
        return before.lifecycle().isRising() && before.lifecycle() != Lifecycle.REQUESTED;
    }

    private static boolean isTakenBack(ReplicaRecord after, Set<ReplicaKey> planned) {
        return after.preemptionAt().isPresent() || !planned.contains(ReplicaKey.of(after));
    }

    /// The replicas that the step's plan retires.
    static Set<ReplicaKey> planned(Step step) {
        Set<ReplicaKey> keys = new HashSet<>();
        for (Action action : step.plan().actions()) {
            switch (action) {
                case Action.Drain drain ->
                    keys.add(new ReplicaKey(drain.service(), drain.replica(), drain.generation()));
                case Action.Terminate end -> keys.add(new ReplicaKey(end.service(), end.replica(), end.generation()));
                case Action.Launch _,
                        Action.PutWorkload _,
                        Action.RemoveWorkload _,
                        Action.MoveService _,
                        Action.Adopt _,
                        Action.Forget _,
                        Action.Later _ -> {}
            }
        }
        return keys;
    }

    void lost(Cause cause, ReplicaRecord replica) {
        Deque<Instant> ofService = of(cause).computeIfAbsent(replica.service(), _ -> new ArrayDeque<>());
        if (ofService.size() < MAX_OUTSTANDING) {
            ofService.add(replica.since());
        }
    }

    /// The loss that a launch makes up for; empty if there is none. A launch under a name that has failed stands
    /// for a failed replica, any other first for one that the cloud took.
    Optional<Loss> replacedBy(ReplicaRecord launched) {
        boolean again = launched.failures() > 0;
        Cause first = again ? Cause.FAILURE : Cause.CLOUD;
        Cause second = again ? Cause.CLOUD : Cause.FAILURE;
        return poll(first, launched.service()).or(() -> poll(second, launched.service()));
    }

    private Optional<Loss> poll(Cause cause, String service) {
        return Optional.ofNullable(of(cause).get(service)).map(Deque::poll).map(at -> new Loss(cause, at));
    }

    /// The service has all that it needs: nothing will replace what it lost.
    void settled(String service) {
        outstanding.values().forEach(byService -> byService.remove(service));
    }

    void clear() {
        for (Cause cause : Cause.values()) {
            outstanding.put(cause, new HashMap<>());
        }
    }

    private Map<String, Deque<Instant>> of(Cause cause) {
        return Objects.requireNonNull(outstanding.get(cause));
    }
}
