package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.reconcile.ReplicaKey;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Step.Transition;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Replicas that were lost and not replaced yet. A launch replaces the service's oldest loss. Not thread-safe.
final class Losses {
    /// More than can be lost at once in one service; further ones are not timed.
    static final int MAX_OUTSTANDING = 10_000;

    private final Map<String, Deque<Instant>> outstanding = new HashMap<>();

    /// Whether a replica left the rising states because of the cloud, or died, rather than because a plan said
    /// so.
    static boolean isLoss(Transition transition, Set<ReplicaKey> planned) {
        return transition.before().filter(Losses::wasThere).isPresent()
                && switch (transition.after().lifecycle()) {
                    case FAILED, PREEMPTED, GONE -> true;
                    case DRAINING -> isTakenBack(transition.after(), planned);
                    case REQUESTED, PROVISIONING, STARTING, READY, STOPPING -> false;
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
                case Action.Launch _, Action.PutService _, Action.RemoveService _ -> {}
            }
        }
        return keys;
    }

    void lost(ReplicaRecord replica) {
        Deque<Instant> ofService = outstanding.computeIfAbsent(replica.service(), _ -> new ArrayDeque<>());
        if (ofService.size() < MAX_OUTSTANDING) {
            ofService.add(replica.since());
        }
    }

    /// A replica of the service is being launched.
    ///
    /// @return since when the one that it replaces is known to be lost; empty if it replaces none
    Optional<Instant> replaced(String service) {
        Deque<Instant> ofService = outstanding.get(service);
        return ofService == null ? Optional.empty() : Optional.ofNullable(ofService.poll());
    }

    /// The service has all that it needs: nothing will replace what it lost.
    void settled(String service) {
        outstanding.remove(service);
    }

    void clear() {
        outstanding.clear();
    }
}
