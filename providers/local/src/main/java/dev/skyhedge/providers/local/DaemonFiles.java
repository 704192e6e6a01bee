package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The files in the directory of a cloud in a box. Only their owner can read them.
///
/// @param directory where they are
public record DaemonFiles(Path directory) {
    private static final String ROOT = "root";
    private static final Duration LOOK = Duration.ofMillis(20);

    /// For their owner alone.
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// Where a daemon listens, and the secret that it wants to hear.
    ///
    /// @param port on 127.0.0.1
    /// @param pid of the daemon
    /// @param secret sent with every call; never printed
    public record Address(int port, long pid, String secret) {
        @Override
        public String toString() {
            return "Address[port=" + port + ", pid=" + pid + "]";
        }
    }

    public Path address() {
        return directory.resolve("daemon.json");
    }

    public Path settings() {
        return directory.resolve("settings.json");
    }

    public Path marketOrigin() {
        return directory.resolve("market-origin");
    }

    public Path ledger() {
        return directory.resolve("ledger.jsonl");
    }

    public Path logs() {
        return directory.resolve("logs");
    }

    public Path daemonLog() {
        return directory.resolve("daemon.log");
    }

    /// Held by the daemon for its life.
    public Path daemonLock() {
        return directory.resolve("daemon.lock");
    }

    /// Held by a client while it starts a daemon.
    public Path startLock() {
        return directory.resolve("start.lock");
    }

    /// Creates the directories.
    public void create() throws IOException {
        createPrivate(directory);
        createPrivate(logs());
    }

    private static void createPrivate(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            createPrivate(parent);
        }
        try {
            Files.createDirectory(path, DIRECTORY);
            giveToOwnerOfDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    /// What root makes for a user belongs to that user, who could not go on otherwise.
    private static void giveToOwnerOfDirectory(Path made) throws IOException {
        Path directory = made.toAbsolutePath().getParent();
        if (directory != null && ROOT.equals(Files.getOwner(made).getName())) {
            Files.setOwner(made, Files.getOwner(directory));
        }
    }

    /// Makes an empty file where there is none; one that is there stays as it is.
    public static Path createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, FILE);
                giveToOwnerOfDirectory(file);
            } catch (FileAlreadyExistsException _) {
                // Another process was faster, and made it in the same way.
                return file;
            }
        }
        return file;
    }

    /// Takes the lock on a file, which whoever has it is expected to give up; empty if that took too long.
    public static Optional<FileLock> lock(FileChannel file, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return Optional.of(lock);
                }
            } catch (OverlappingFileLockException e) {
                // Another thread of this process has it: as good as another process.
            }
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// The daemon's address, if one was written. It may be that of a dead daemon.
    public Optional<Address> readAddress() throws IOException {
        Optional<String> text;
        try {
            text = read(address());
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "The cloud in a box is run by " + Files.getOwner(address())
                            + ", and nobody else may use it. That user can end it with: skyhedge local-cloud stop",
                    e);
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = Json.read(text.get());
        return Optional.of(new Address(fields.smallNumber("port"), fields.number("pid"), fields.text("secret")));
    }

    /// Stays with whoever runs the daemon: with its secret programs are started in that user's name.
    public void writeAddress(Address address) throws IOException {
        write(
                address(),
                Json.write(Wire.object("port", address.port(), "pid", address.pid(), "secret", address.secret())),
                false);
    }

    /// A file's text, if the file is there.
    public static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Replaces a file in one step; a reader sees the old or the new text, nothing between.
    public static void replace(Path file, String text) throws IOException {
        write(file, text, true);
    }

    private static void write(Path file, String text, boolean forOwnerOfDirectory) throws IOException {
        Path temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (forOwnerOfDirectory) {
            giveToOwnerOfDirectory(temporary);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }
}
