package dev.skyhedge.agent;

import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What lies on the disk of one generation: `claim`, `exit`, `log`, `metrics.jsonl`, `parameters.json`; beside the
/// generations, `checkpoints`, which belong to the name.
final class TaskFiles {
    private static final String FENCE = "fenced";
    private static final int MAX_TAIL_BYTES = 64 << 10;
    private static final int MAX_LINE = 2000;

    private final Path name;
    private final Path directory;
    private final long maxLogBytes;

    TaskFiles(Path tasks, TaskId id, long maxLogBytes) {
        this.name = tasks.resolve(id.name());
        this.directory = name.resolve(Long.toString(id.generation()));
        this.maxLogBytes = maxLogBytes;
    }

    Path directory() {
        return directory;
    }

    Path checkpoints() {
        return name.resolve("checkpoints");
    }

    Path metrics() {
        return directory.resolve("metrics.jsonl");
    }

    Path parameters() {
        return directory.resolve("parameters.json");
    }

    Path log() {
        return directory.resolve("log");
    }

    void make() throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(checkpoints());
    }

    /// Who has the right to start it.
    ///
    /// @param process empty where nobody ever will
    record Claim(Optional<ProcessIdentity> process) {}

    Optional<Claim> claim() throws IOException {
        String text;
        try {
            text = Files.readString(directory.resolve("claim")).strip();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        if (text.equals(FENCE)) {
            return Optional.of(new Claim(Optional.empty()));
        }
        String[] words = text.split(" ");
        if (words.length != 5) {
            throw new IOException(
                    directory + " has a claim that nobody writes: start its task anew by a new generation");
        }
        try {
            return Optional.of(new Claim(Optional.of(new ProcessIdentity(
                    words[0],
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4])))));
        } catch (NumberFormatException e) {
            throw new IOException(directory + " has a claim that nobody writes", e);
        }
    }

    /// Takes the claim, unless somebody has it.
    void fence() throws IOException {
        Files.createDirectories(directory);
        Path own = directory.resolve("claim.agent");
        Files.writeString(own, FENCE);
        try {
            Files.createLink(directory.resolve("claim"), own);
        } catch (FileAlreadyExistsException _) {
            // Then it is for whoever looks next to see whose it is.
            return;
        }
    }

    OptionalInt exitCode() throws IOException {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(directory.resolve("exit")).strip()));
        } catch (NoSuchFileException _) {
            return OptionalInt.empty();
        } catch (NumberFormatException e) {
            throw new IOException(directory + " has an exit code that is no number", e);
        }
    }

    /// The last whole or unfinished lines, long ones cut; what was written before the log was cut is looked at too.
    List<String> lastLines(int most) throws IOException {
        String text = tail(directory.resolve("log.old")) + tail(log());
        List<String> lines = text.lines()
                .map(line -> line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line)
                .toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] bytes = new byte[(int) Math.min(length, MAX_TAIL_BYTES)];
            in.seek(length - bytes.length);
            int read = in.read(bytes);
            return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
        } catch (FileNotFoundException _) {
            return "";
        }
    }

    /// A log that has grown too large becomes the old one, and begins anew. It is written at its end by whoever has it
    /// open, so that it is copied and cut; what is written in between is lost.
    void boundLog() throws IOException {
        if (Files.notExists(log()) || Files.size(log()) <= maxLogBytes) {
            return;
        }
        try (FileChannel from = FileChannel.open(log(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(
                        directory.resolve("log.old"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long size = from.size();
            from.transferTo(Math.max(0, size - maxLogBytes), maxLogBytes, to);
            from.truncate(0);
        }
    }

    /// Removes this generation.
    void clean() throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        // Out of the way at once, so that half of it is never taken for the whole.
        Path trash = name.resolve(directory.getFileName() + ".gone");
        Files.move(directory, trash, StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> all = Files.walk(trash)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
