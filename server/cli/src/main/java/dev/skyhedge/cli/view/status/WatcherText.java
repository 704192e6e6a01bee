package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.state.records.Lease;
import java.time.Duration;
import java.time.Instant;

/// Whether somebody keeps the services up, and answers at their endpoints.
public final class WatcherText {
    private static final String WATCH = "watch";

    private WatcherText() {}

    /// A line for `status`.
    public static String of(StatusReport report) {
        return report.watcher()
                .map(lease -> (isSeen(lease, report.at()) ? "Watched by" : "Not watched any more, it seems: last by")
                        + " `skyhedge " + lease.claim().operation() + "`, process "
                        + lease.claim().pid() + " on "
                        + Words.clean(lease.claim().host())
                        + since(lease, report.at()) + ", last seen "
                        + Elapsed.text(Duration.between(lease.heartbeatAt(), report.at())) + " ago.")
                .orElse(
                        "Nobody watches: what is lost is not replaced, and nobody answers at endpoints. `skyhedge watch SPEC`"
                                + " does both.");
    }

    /// What an apply leaves to others.
    ///
    /// @param endpoints where services are to be reached; empty if nowhere
    /// @param spec what the user named
    public static String afterApply(String endpoints, String spec, Display display) {
        String text = "Note: Nobody replaces what is lost from now on"
                + (endpoints.isEmpty() ? "" : ", and nobody listens on " + endpoints)
                + ", unless a watcher waits for its turn. This does both: skyhedge watch " + Words.clean(spec);
        return display.wrap(text, "");
    }

    /// Whether whoever has the lease watches.
    public static boolean isWatch(Lease lease) {
        return lease.claim().operation().equals(WATCH);
    }

    /// Whether it has shown itself within the time for which a lease lives.
    public static boolean isSeen(Lease lease, Instant now) {
        return now.isBefore(lease.expiresAt());
    }

    private static String since(Lease lease, Instant now) {
        long start = lease.claim().processStart();
        return start == 0 ? "" : ", for " + Elapsed.text(Duration.between(Instant.ofEpochMilli(start), now));
    }
}
