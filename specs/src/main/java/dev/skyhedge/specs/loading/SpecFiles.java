package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.FileReason;
import dev.skyhedge.specs.values.CodePointOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
    static final List<String> AUTOMATIC =
            List.of(".auto.hclvars", ".auto.vars", ".auto.hclvars.json", ".auto.vars.json");

    private static final int MOST_FILES = 1000;

    private final Path directory;
    private final Consumer<Diagnostic> sink;

    SpecFiles(Path directory, Consumer<Diagnostic> sink) {
        this.directory = directory;
        this.sink = sink;
    }

    /// A file with its bytes.
    record Read(String name, byte[] bytes) {}

    /// Whether a file of this name is read by itself, as part of a spec or for values of its variables.
    static boolean isInput(Path file) {
        String name = name(file);
        return !hidden(name) && (isSpec(name) || isVariables(name));
    }

    static boolean isSpec(String name) {
        return name.endsWith(".hcl") || name.endsWith(".hcl.json");
    }

    private static boolean isVariables(String name) {
        return name.equals("skyhedge.vars")
                || name.equals("skyhedge.vars.json")
                || AUTOMATIC.stream().anyMatch(name::endsWith);
    }

    /// Files of the directory whose name is wanted, in order of the name's bytes. One that cannot be a file, such as
    /// a link that leads nowhere, is complained about: what it would declare must not be taken for gone.
    List<Path> list(Predicate<String> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> found = entries.filter(p -> !hidden(name(p)) && wanted.test(name(p)))
                    .filter(this::isFile)
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

    private boolean isFile(Path path) {
        if (Files.isRegularFile(path)) {
            return true;
        }
        sink.accept(cannotRead(path));
        return false;
    }

    /// What to say of something that has the name of a file and is none.
    Diagnostic cannotRead(Path path) {
        return Diagnostic.error("Failed to read file", "Cannot read " + path + ": " + whatItIs(path));
    }

    private static String whatItIs(Path path) {
        if (Files.isDirectory(path)) {
            return "it is a directory. Give it another name, or keep its files in a module.";
        }
        if (!Files.isSymbolicLink(path)) {
            return Files.exists(path)
                    ? "it is a pipe, a socket or a device, not a file with a content."
                    : "it is not there any more.";
        }
        try {
            return "it is a symbolic link to " + Files.readSymbolicLink(path) + ", which "
                    + (leadsInACircle(path) ? "leads back to itself." : "is not there or is no file.");
        } catch (IOException e) {
            return reason(e);
        }
    }

    private static boolean leadsInACircle(Path path) {
        try {
            return Files.isSymbolicLink(path.toRealPath());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
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
        if (isSpec(name(path)) && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isFile(path)) {
            return Optional.empty();
        }
        String name = path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(new Read(name.isEmpty() ? name(path) : name, in.readNBytes(limit + 1)));
        } catch (IOException e) {
            sink.accept(Diagnostic.error("Failed to read file", "Cannot read " + path + ": " + reason(e)));
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return FileReason.of(e) + ".";
    }
}
