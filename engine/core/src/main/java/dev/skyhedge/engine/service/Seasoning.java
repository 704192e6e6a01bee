package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// How long a replica must stay healthy until earlier failures say nothing any more, and its edit is taken to
/// work. An edit that always dies a little later than it is asked to live would otherwise never be found out.
final class Seasoning {
    /// Times `min_healthy`.
    private static final int FACTOR = 10;

    private Seasoning() {}

    static Duration time(UpdateSpec update) {
        return update.minHealthy().multipliedBy(FACTOR);
    }

    /// How many of the replicas that the spec asks for have been healthy for so long that the edit is taken to
    /// work; the first edit ever is, as soon as they are proven.
    static int count(
            Replicas fleet, Signals signals, UpdateSpec update, RollOut rollOut, Instant now, Consumer<Instant> wakes) {
        boolean first = rollOut.stable().isEmpty();
        Duration time = first ? Duration.ZERO : time(update);
        int seasoned = 0;
        for (ReplicaRecord replica : fleet.current()) {
            if (!replica.isProven() || !fleet.isServing(replica)) {
                continue;
            }
            Optional<Instant> due = signals.watchedSince(replica).map(since -> since.plus(time));
            boolean over = first || due.filter(at -> !at.isAfter(now)).isPresent();
            seasoned += over ? 1 : 0;
            due.filter(at -> at.isAfter(now) && !rollOut.isStable()).ifPresent(wakes);
        }
        return seasoned;
    }
}
