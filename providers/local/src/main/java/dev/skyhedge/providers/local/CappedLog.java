package dev.skyhedge.providers.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A log that a process appends to, and the one before it. Once it is larger than the cap it is copied over that
/// one and emptied, as its writer keeps it open; what is written in between is lost.
///
/// @param file is made when it is needed
/// @param capBytes of the file; both together may have twice as many
public record CappedLog(Path file, long capBytes) {
    /// The one before.
    public Path old() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /// Keeps the file under the cap.
    ///
    /// @return how many bytes went into the old one
    public long trim() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= capBytes) {
            return 0;
        }
        // With its attributes: nobody but its owner can read the copy either.
        Files.copy(file, old(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        return Files.size(old());
    }
}
