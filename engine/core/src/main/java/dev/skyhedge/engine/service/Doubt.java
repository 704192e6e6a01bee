package dev.skyhedge.engine.service;

import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;
import java.util.Optional;

/// What failures say of the replicas of one edit: whether its roll-out goes on, and how soon more is tried.
///
/// @param failures of all, in a row for each
/// @param mostInARow of one
/// @param standing those that have stayed healthy and serve
/// @param lastReason why one failed last
record Doubt(int failures, int mostInARow, int standing, String lastReason) {
    /// So many failed replicas of an edit end its roll-out, if no more of them stay healthy.
    static final int FAILURES_TO_STOP = LaunchBackOff.HOPELESS_FAILURES;

    static Doubt about(List<ReplicaRecord> replicas, Signals signals) {
        int failures = 0;
        int most = 0;
        int standing = 0;
        Optional<ReplicaRecord> last = Optional.empty();
        for (ReplicaRecord replica : replicas) {
            failures += replica.failures();
            most = Math.max(most, replica.failures());
            standing += replica.isProven() && signals.isServing(replica) ? 1 : 0;
            boolean later = last.filter(other -> !replica.since().isAfter(other.since()))
                    .isEmpty();
            if (replica.lifecycle() == Lifecycle.FAILED && replica.failures() > 0 && later) {
                last = Optional.of(replica);
            }
        }
        return new Doubt(
                failures,
                most,
                standing,
                last.map(replica -> replica.name() + ": " + replica.reason()).orElse(""));
    }

    /// Whether it takes more than bad luck to explain them.
    boolean isStrong() {
        return failures >= FAILURES_TO_STOP && failures > standing;
    }

    /// Whether waiting alone is not expected to help. Now and then one is tried all the same.
    boolean isHopeless() {
        return isStrong() && standing == 0 && mostInARow >= LaunchBackOff.HOPELESS_FAILURES;
    }

    String text() {
        return "its replicas have failed " + mostInARow + " times in a row and never stayed healthy"
                + (lastReason.isEmpty() ? "" : "; last " + lastReason)
                + ". One is tried every " + Durations.text(LaunchBackOff.LONGEST)
                + ". Correct the service and apply again";
    }
}
