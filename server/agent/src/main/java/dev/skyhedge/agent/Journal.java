package dev.skyhedge.agent;

import dev.skyhedge.agent.core.AgentState;
import dev.skyhedge.agent.wire.StateJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/// Where an agent writes down what it is about to do, before it does it: one file, replaced whole. Nobody else writes
/// there while it is open.
final class Journal implements AutoCloseable {
    private final Path directory;
    private final Path file;
    private final FileChannel locked;
    private byte[] written = new byte[0];

    private Journal(Path directory, FileChannel locked) {
        this.directory = directory;
        this.file = directory.resolve("journal.json");
        this.locked = locked;
    }

    /// @throws IOException also where another agent is at work in the directory
    static Journal open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Journal(directory, channel);
            }
        } catch (OverlappingFileLockException _) {
            // By this very process.
        }
        channel.close();
        throw new IOException("Another agent is at work in " + directory);
    }

    AgentState read() throws IOException {
        if (Files.notExists(file)) {
            return AgentState.NEW;
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            AgentState state = StateJson.read(bytes);
            written = bytes;
            return state;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " cannot be read, and tasks may be running: " + e.getMessage(), e);
        }
    }

    /// On the disk when it returns, or else as it was.
    void write(AgentState state) throws IOException {
        byte[] bytes = StateJson.write(state);
        if (Arrays.equals(bytes, written)) {
            return;
        }
        Path next = directory.resolve("journal.new");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = bytes;
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        locked.close();
    }
}
