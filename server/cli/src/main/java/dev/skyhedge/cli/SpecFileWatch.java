package dev.skyhedge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Notices when files of a spec change, by looking at them once a second: that works on every file system, with
/// editors that replace files and with links that are switched.
final class SpecFileWatch implements Runnable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MAX_FILES = 10_000;

    private final Path path;
    private final Runnable changed;

    SpecFileWatch(Path path, Runnable changed) {
        this.path = path;
        this.changed = changed;
    }

    @Override
    public void run() {
        Map<String, String> before = marks();
        try {
            while (true) {
                Thread.sleep(PERIOD);
                Map<String, String> now = marks();
                if (!now.equals(before)) {
                    before = now;
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Name, size and time of every file that may belong to the spec.
    private Map<String, String> marks() {
        Map<String, String> marks = new TreeMap<>();
        Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return marks;
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(this::belongs).limit(MAX_FILES).forEach(file -> mark(file, marks));
        } catch (IOException | UncheckedIOException e) {
            marks.put(directory.toString(), "cannot be listed: " + e.getMessage());
        }
        return marks;
    }

    private boolean belongs(Path file) {
        String name = file.getFileName().toString();
        boolean variables = name.endsWith(".vars") || name.endsWith(".hclvars") || name.endsWith(".vars.json");
        boolean spec = Files.isDirectory(path)
                ? name.endsWith(".hcl") || name.endsWith(".hcl.json")
                : file.getFileName().equals(path.getFileName());
        return variables || spec;
    }

    private static void mark(Path file, Map<String, String> marks) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            marks.put(file.toString(), attributes.size() + " " + attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            marks.put(file.toString(), "gone");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
