package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.BackOff;
import java.time.Duration;

/// The back-off of a failed launch: how long that is left alone which it failed at, by failures in a row. What it is
/// depends on the failure: a place that has nothing to give, a quota that was met, or the replica whose workload
/// failed.
/// A call of which nobody knows how it ended is repeated by other rules: those of calls in flight.
public final class LaunchBackOff {
    /// However often something failed, it is tried again after this long.
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /// After so many failures of a replica in a row there is little hope, and no more haste: each was paid for. Who
    /// waits for it waits no longer.
    public static final int HOPELESS_FAILURES = 3;

    private static final BackOff PLACE = new BackOff(Duration.ofSeconds(1), LONGEST);
    private static final BackOff QUOTA = new BackOff(Duration.ofSeconds(10), LONGEST);
    private static final BackOff REPLICA = new BackOff(Duration.ofSeconds(1), LONGEST);

    private LaunchBackOff() {}

    /// Of a place that has no capacity.
    ///
    /// @param failures in a row, at least 1
    public static Duration ofPlace(int failures) {
        return PLACE.after(failures);
    }

    /// Of a scope whose quota was met.
    ///
    /// @param failures in a row with as many of ours held, at least 1
    static Duration ofQuota(int failures) {
        return QUOTA.after(failures);
    }

    /// Of a replica that failed: the first time there is none, once there is little hope it is the longest.
    public static Duration ofReplica(int failures) {
        return failures >= HOPELESS_FAILURES ? LONGEST : REPLICA.after(Math.max(0, failures - 1));
    }
}
