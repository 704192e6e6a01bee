package dev.skyhedge.state.store;

import dev.skyhedge.state.records.LeaseClaim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What this machine can say about the processes that hold, or ask for, a lease.
public final class LocalProcesses {
    /// The kernel derives start times from a boot time that moves a little when the clock is adjusted.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    /// Process ids come again, on one machine after another and in one container beside another.
    private static final String THIS_PROCESS = UUID.randomUUID().toString();

    private LocalProcesses() {}

    /// A claim by this process.
    ///
    /// @param operation what for, such as `apply`
    /// @param attempt tells apart several claims by one process
    public static LeaseClaim claim(String operation, String attempt) {
        ProcessHandle self = ProcessHandle.current();
        String host = host();
        return new LeaseClaim(
                host + "/" + self.pid() + "/" + THIS_PROCESS + "/" + attempt,
                host,
                machine(),
                self.pid(),
                startMillis(self).orElse(0L),
                operation);
    }

    /// Whether the holder was a process of this machine that has ended. False if it lives, or cannot be known.
    public static boolean isDead(LeaseClaim holder) {
        return isOfThisMachine(holder) && handle(holder).isEmpty();
    }

    /// The process that holds, or held, a lease: empty if it has ended, is of another machine, or is this one.
    public static Optional<ProcessHandle> other(LeaseClaim holder) {
        return isOfThisMachine(holder)
                ? handle(holder).filter(process -> !process.equals(ProcessHandle.current()))
                : Optional.empty();
    }

    private static Optional<ProcessHandle> handle(LeaseClaim holder) {
        return ProcessHandle.of(holder.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isAnother(process, holder.processStart()));
    }

    /// A name alone is no machine: clones and containers share theirs.
    private static boolean isOfThisMachine(LeaseClaim holder) {
        return holder.host().equals(host()) && holder.machine().equals(machine());
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

    /// Empty where the kernel does not tell.
    private static String machine() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /// The name of this machine.
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
