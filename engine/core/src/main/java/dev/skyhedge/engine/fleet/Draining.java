package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// How long a replica that takes no new requests may go on with the ones it has.
public final class Draining {
    private Draining() {}

    /// Terminates a draining replica once it is idle or out of time; otherwise says when to look again.
    ///
    /// @param limit the longest that a drain lasts
    public static void step(
            ReplicaRecord replica,
            Duration limit,
            Signals signals,
            Instant now,
            Consumer<Action> actions,
            Consumer<Instant> wakes) {
        if (replica.lifecycle() != Lifecycle.DRAINING) {
            return;
        }
        Instant deadline = deadline(replica, signals.watchedSince(replica).orElse(now), limit);
        boolean idle = signals.isIdle(replica);
        if (idle || !deadline.isAfter(now)) {
            String why = replica.reason() + (idle ? "; drained" : "; out of time to drain");
            actions.accept(Retirement.terminate(replica, replica.endsAs(), why));
        } else {
            wakes.accept(deadline);
        }
    }

    /// When a drain ends at the latest: what runs has all of the time that the cloud gives with a notice.
    ///
    /// @param watchedSince since when somebody has watched it drain
    public static Instant deadline(ReplicaRecord replica, Instant watchedSince, Duration longest) {
        Instant limit = watchedSince.plus(longest);
        return replica.preemptionAt().filter(limit::isAfter).orElse(limit);
    }
}
