package dev.skyhedge.state.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/// The file of an H2 database, which grows with every commit by all pages that it touched, until it is compacted.
///
/// H2 never moves a live page while nothing runs in its background, and what its own ways to compact force to
/// the disk is not promised. Hence a copy of what lives: the old file is whole until the copy, forced to the
/// disk, takes its name, so that a process killed, or a power lost, at any point leaves the one or the other.
final class H2File {
    private static final String COPY = ".compact";

    private final Path file;
    private final Path copy;
    private long limit;

    /// @param limit above which size in bytes it is worth compacting
    H2File(Path file, long limit) {
        this.file = file;
        this.copy = file.resolveSibling(file.getFileName() + COPY);
        this.limit = limit;
    }

    Path path() {
        return file;
    }

    /// What tells this file from another one of its name; null if it is gone.
    @Nullable
    Object identity() {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (IOException _) {
            return null;
        }
    }

    /// Whether it is worth compacting. What cannot be made small does not ask again until it has doubled.
    boolean isOvergrown() {
        return file.toFile().length() > limit;
    }

    /// Removes what a compaction left that was killed.
    void removeLeftovers() throws IOException {
        Files.deleteIfExists(copy);
    }

    /// Replaces the file by a copy of what lives in it. The database is closed. If that fails, for want of space
    /// perhaps, the file stays as it was.
    void compact() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            removeLeftovers();
            PrivateFiles.makeFile(copy);
            // An interrupt must not close the files under the copying.
            MVStore.compact("async:" + file, "async:" + copy, false, null);
            Failpoint.reached("compact.copied");
            force(copy, StandardOpenOption.WRITE);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Failpoint.reached("compact.moved");
            force(file.resolveSibling("."), StandardOpenOption.READ);
        } catch (MVStoreException | DbException e) {
            throw new IOException("The file " + file + " cannot be compacted: " + Failures.firstLine(e), e);
        } finally {
            limit = Math.max(limit, 2 * file.toFile().length());
            removeLeftovers();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
