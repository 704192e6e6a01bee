package dev.skyhedge.cli.view.resource;

import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The state of a replica in a word: that of its life, but a ready one whose probes fail is not called ready.
public final class ReplicaState {
    private static final String FAILING = "FAILING";

    private ReplicaState() {}

    /// The recorded state, or that it fails.
    public static String name(ReplicaRecord replica) {
        return isFailing(replica) ? FAILING : replica.lifecycle().name();
    }

    /// The same in small letters.
    public static String word(ReplicaRecord replica) {
        return name(replica).toLowerCase(Locale.ROOT);
    }

    /// Whether it was ready and does not serve now.
    public static boolean isFailing(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.READY && !replica.isServing();
    }

    /// Why it is in this state, and for how long its probes have failed if they do.
    public static String reason(ReplicaRecord replica, Instant now) {
        return isFailing(replica)
                ? replica.health()
                        .map((Health health) ->
                                health.detail() + ", for " + Elapsed.text(Duration.between(health.since(), now)))
                        .orElse(replica.reason())
                : replica.reason();
    }
}
