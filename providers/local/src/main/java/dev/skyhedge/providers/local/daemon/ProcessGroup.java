package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that leads a session of its own, and everything that it started.
///
/// Signals go to the whole group, so that no child is left behind. Without `setsid` on this system they go to
/// the process and the descendants that can be found.
///
/// @param handle the leader
/// @param startedAt when the leader started, which tells it from a later process with the same pid
record ProcessGroup(ProcessHandle handle, Instant startedAt) {
    private static final Duration KILL_TIME = Duration.ofSeconds(5);

    /// Start times are derived from the time since boot and may be told differently after a clock was set.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    static ProcessGroup of(Process process) {
        return of(process.toHandle());
    }

    private static ProcessGroup of(ProcessHandle handle) {
        return new ProcessGroup(handle, handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /// The group that an earlier daemon wrote down, if its leader still lives.
    static Optional<ProcessGroup> find(String written) {
        int separator = written.indexOf(':');
        if (separator < 0) {
            return Optional.empty();
        }
        long pid = Long.parseLong(written.substring(0, separator));
        Instant startedAt = Instant.ofEpochMilli(Long.parseLong(written.substring(separator + 1)));
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isEmpty()) {
            signalGroup(pid, "KILL");
            return Optional.empty();
        }
        return handle.map(ProcessGroup::of)
                .filter(group ->
                        Duration.between(group.startedAt, startedAt).abs().compareTo(START_TOLERANCE) <= 0);
    }

    /// What [#find] finds it by.
    String written() {
        return handle.pid() + ":" + startedAt.toEpochMilli();
    }

    void terminate() {
        signal("TERM", false);
    }

    void kill() {
        signal("KILL", true);
    }

    private void signal(String name, boolean forcibly) {
        List<ProcessHandle> descendants = handle.descendants().toList();
        signalGroup(handle.pid(), name);
        if (!Sessions.AVAILABLE) {
            descendants.forEach(one -> destroy(one, forcibly));
            destroy(handle, forcibly);
        }
    }

    private static void destroy(ProcessHandle handle, boolean forcibly) {
        boolean asked = forcibly ? handle.destroyForcibly() : handle.destroy();
        if (!asked && handle.isAlive()) {
            System.err.println("Process " + handle.pid() + " could not be ended");
        }
    }

    private static void signalGroup(long pid, String name) {
        if (!Sessions.AVAILABLE) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" -- \"-$1\"", name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(KILL_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            System.err.println("Process group " + pid + " could not be signalled: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
