package dev.skyhedge.state;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What this machine can say about the processes that hold, or ask for, a lease.
public final class LocalProcesses {
    /// The kernel derives start times from a boot time that moves a little when the clock is adjusted.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private LocalProcesses() {}

    /// A claim by this process.
    ///
    /// @param operation what for, such as `apply`
    /// @param attempt tells apart several claims by one process
    public static LeaseClaim claim(String operation, String attempt) {
        ProcessHandle self = ProcessHandle.current();
        String host = hostName();
        return new LeaseClaim(
                host + "/" + self.pid() + "/" + attempt,
                host,
                self.pid(),
                startMillis(self).orElse(0L),
                operation);
    }

    /// Whether the holder was a process of this host that has ended. False if it lives, or cannot be known.
    static boolean isDead(LeaseClaim holder) {
        if (!holder.host().equals(hostName())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(holder.pid()).filter(ProcessHandle::isAlive);
        return process.isEmpty() || isAnother(process.get(), holder.processStart());
    }

    private static boolean isAnother(ProcessHandle process, long recordedStart) {
        return recordedStart > 0
                && startMillis(process)
                        .map(start -> Math.abs(start - recordedStart) > START_TOLERANCE.toMillis())
                        .orElse(false);
    }

    private static Optional<Long> startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
