package dev.skyhedge.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The processes of this machine, as Linux tells of them in `/proc`.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /// Counted from the state, which is the third field and the first after the name.
    private static final int SESSION = 3;

    private static final int TICKS = 19;
    private static final int KILL_SECONDS = 10;

    /// @param state letter of the kernel
    /// @param ticks when it started
    record Entry(long pid, char state, long session, long ticks) {
        boolean isAlive() {
            return state != 'Z' && state != 'X' && state != 'x';
        }

        boolean isSuspended() {
            return state == 'T' || state == 't';
        }
    }

    String boot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    Optional<Entry> find(long pid) {
        try {
            return entry(pid, Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // It has ended; whatever else cannot be read of one process is nobody's either.
            return Optional.empty();
        }
    }

    /// A name may have anything in it, brackets too; nothing after it has.
    static Optional<Entry> entry(long pid, String stat) {
        int end = stat.lastIndexOf(") ");
        String[] fields = stat.substring(Math.max(end + 2, 0)).split("\\s+");
        return end < 0 || fields.length <= TICKS
                ? Optional.empty()
                : Optional.of(new Entry(
                        pid, fields[0].charAt(0), Long.parseLong(fields[SESSION]), Long.parseLong(fields[TICKS])));
    }

    /// All that live in a session, its leader included.
    List<Entry> session(long session) throws IOException {
        List<Entry> members = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path each : all) {
                find(Long.parseLong(each.getFileName().toString()))
                        .filter(entry -> entry.session() == session && entry.isAlive())
                        .ifPresent(members::add);
            }
        }
        return members;
    }

    /// Processes that are gone by then are passed over.
    void signal(Collection<Long> pids, String name) throws IOException, InterruptedException {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        Process kill = new ProcessBuilder(command).inheritIO().start();
        if (!kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
            kill.destroyForcibly();
            throw new IOException("kill did not end");
        }
    }
}
