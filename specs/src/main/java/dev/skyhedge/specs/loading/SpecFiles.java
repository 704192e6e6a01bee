package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.values.CodePointOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds and reads the files of a spec. What cannot be read is told to the sink.
final class SpecFiles {
    private static final int MOST_FILES = 1000;

    private final Path directory;
    private final Consumer<Diagnostic> sink;

    SpecFiles(Path directory, Consumer<Diagnostic> sink) {
        this.directory = directory;
        this.sink = sink;
    }

    /// A file with its bytes.
    record Read(String name, byte[] bytes) {}

    /// Files of the directory whose name is wanted, in order of the name's bytes.
    List<Path> list(Predicate<String> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> found = entries.filter(Files::isRegularFile)
                    .filter(p -> !hidden(name(p)) && wanted.test(name(p)))
                    .sorted(Comparator.comparing(SpecFiles::name, CodePointOrder.INSTANCE))
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (found.size() > MOST_FILES) {
                sink.accept(
                        Diagnostic.error("Limit exceeded", "A directory may have " + MOST_FILES + " files at most."));
            }
            return found;
        } catch (IOException e) {
            sink.accept(Diagnostic.error("Failed to read directory", "Cannot list " + directory + ": " + reason(e)));
            return new ArrayList<>();
        }
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.startsWith("#") || name.endsWith("~");
    }

    private static String name(Path path) {
        return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
    }

    /// The bytes of a file, one more than the limit at most.
    Optional<Read> read(Path path, int limit) {
        String name = path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(new Read(name.isEmpty() ? name(path) : name, in.readNBytes(limit + 1)));
        } catch (IOException e) {
            sink.accept(Diagnostic.error("Failed to read file", "Cannot read " + path + ": " + reason(e)));
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException ignored -> "it does not exist.";
            case java.nio.file.NotDirectoryException ignored -> "it is not a directory.";
            case java.nio.file.AccessDeniedException ignored -> "permission denied.";
            default -> e.getMessage() + ".";
        };
    }
}
