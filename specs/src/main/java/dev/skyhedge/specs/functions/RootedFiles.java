package dev.skyhedge.specs.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files below a directory and no others: links are followed first, and what they lead to must be below it
/// too.
public final class RootedFiles implements SpecFileAccess {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 32;

    private final Path root;

    /// @param root the directory
    /// @throws IOException if it cannot be found
    public RootedFiles(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    @Override
    public byte[] read(String path) {
        try (InputStream file = Files.newInputStream(regular(path))) {
            byte[] content = file.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new FunctionException(0, "the file \"" + path + "\" is larger than 1 MiB");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new FunctionException(0, "there is no file \"" + path + "\" below the root directory");
        } catch (IOException e) {
            throw new FunctionException(0, "the file \"" + path + "\" cannot be read: " + e.getMessage());
        }
    }

    @Override
    public boolean exists(String path) {
        try {
            regular(path);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new FunctionException(0, "\"" + path + "\" cannot be looked up: " + e.getMessage());
        }
    }

    @Override
    public List<String> list(String directory) {
        try {
            Path start = real(directory);
            try (Stream<Path> found = Files.walk(start, DEEPEST)) {
                List<Path> entries = found.limit(MOST_FILES + 1L).toList();
                if (entries.size() > MOST_FILES) {
                    throw new FunctionException(0, "the directory has more than " + MOST_FILES + " entries");
                }
                return entries.stream()
                        .filter(Files::isRegularFile)
                        .map(file -> start.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .toList();
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw new FunctionException(0, "the directory \"" + directory + "\" cannot be read: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> root() {
        return Optional.of(root.toString());
    }

    /// Nothing else is opened: a pipe would be waited for without end.
    private Path regular(String path) throws IOException {
        Path real = real(path);
        if (!Files.isRegularFile(real)) {
            throw new FunctionException(0, "\"" + path + "\" is not a regular file");
        }
        return real;
    }

    private Path real(String path) throws IOException {
        try {
            Path meant = root.resolve(path).normalize();
            requireBelow(meant, path);
            Path real = meant.toRealPath();
            requireBelow(real, path);
            return real;
        } catch (InvalidPathException e) {
            throw new FunctionException(0, "\"" + path + "\" is not a path");
        }
    }

    private void requireBelow(Path found, String path) {
        if (!found.startsWith(root)) {
            throw new FunctionException(0, "\"" + path + "\" is not below the root directory of the spec");
        }
    }
}
