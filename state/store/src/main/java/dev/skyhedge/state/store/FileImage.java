package dev.skyhedge.state.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/// A file as it was found. Opening a damaged database rewrites parts of it; this takes that back, so that whoever
/// repairs it finds what the damage left, and not what an attempt to read it made of that.
final class FileImage {
    /// Larger files are not kept in memory.
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Path file;
    private final byte[] content;

    private FileImage(Path file, byte[] content) {
        this.file = file;
        this.content = content;
    }

    /// Takes the image; empty if there is no such file or it is too large.
    static Optional<FileImage> take(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) <= MAX_BYTES
                ? Optional.of(new FileImage(file, Files.readAllBytes(file)))
                : Optional.empty();
    }

    /// Puts the file back if it has changed since.
    void restore() throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".restored");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
