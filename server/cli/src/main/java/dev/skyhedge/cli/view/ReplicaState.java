package dev.skyhedge.cli.view;

import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The state of a replica in a word: that of its life, but a ready one whose probes fail is not called ready.
final class ReplicaState {
    private static final String FAILING = "FAILING";

    private ReplicaState() {}

    static String name(ReplicaRecord replica) {
        return isFailing(replica) ? FAILING : replica.lifecycle().name();
    }

    static String word(ReplicaRecord replica) {
        return name(replica).toLowerCase(Locale.ROOT);
    }

    static boolean isFailing(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.READY && !replica.isServing();
    }

    /// Why it is in this state, and for how long its probes have failed if they do.
    static String reason(ReplicaRecord replica, Instant now) {
        return isFailing(replica)
                ? replica.health()
                        .map((Health health) ->
                                health.detail() + ", for " + Elapsed.text(Duration.between(health.since(), now)))
                        .orElse(replica.reason())
                : replica.reason();
    }
}
