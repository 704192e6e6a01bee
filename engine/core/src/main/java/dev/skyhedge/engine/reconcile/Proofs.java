package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Writes down which replicas have stayed healthy for long enough to be relied on, and for so long that
/// earlier failures are forgiven. Only time that this controller has watched them in counts.
final class Proofs {
    private Proofs() {}

    static void take(Draft draft, String workload, Upkeep.Trial trial) {
        for (ReplicaRecord replica : draft.model().replicas(workload)) {
            boolean open = !replica.isProven() || replica.failures() > 0;
            if (open && replica.isServing() && draft.model().signals().isPassing(replica)) {
                draft.model().watchedSince(replica).ifPresent(since -> take(draft, replica, trial, since));
            }
        }
    }

    private static void take(Draft draft, ReplicaRecord replica, Upkeep.Trial trial, Instant since) {
        ReplicaRecord known = replica;
        if (!known.isProven() && isOver(draft, since, trial.proven())) {
            known = known.proven(draft.now());
        }
        if (known.failures() > 0 && isOver(draft, since, trial.forgiven())) {
            known = known.forgiven();
        }
        if (known != replica) {
            draft.put(known);
        }
    }

    /// Otherwise asks to be woken when it is.
    private static boolean isOver(Draft draft, Instant since, Duration time) {
        Optional<Instant> due = Optional.of(since.plus(time)).filter(at -> at.isAfter(draft.now()));
        due.ifPresent(draft::wakeAt);
        return due.isEmpty();
    }
}
