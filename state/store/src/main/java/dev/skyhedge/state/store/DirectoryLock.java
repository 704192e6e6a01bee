package dev.skyhedge.state.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Which process has the files of a state open: a lock of the operating system, which ends with its process
/// however that ends.
final class DirectoryLock {
    /// Closing any channel of a file ends all locks that a process has on it (POSIX), so one channel a file it
    /// is.
    private static final Map<Path, FileLock> HELD_BY_THIS_PROCESS = new HashMap<>();

    private final Path file;

    /// @param file made if it is missing; its directory exists
    DirectoryLock(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /// Takes the lock unless another store, of this process or another, has it.
    boolean tryLock() throws IOException {
        synchronized (HELD_BY_THIS_PROCESS) {
            if (HELD_BY_THIS_PROCESS.containsKey(file)) {
                return false;
            }
            PrivateFiles.makeFile(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD_BY_THIS_PROCESS.put(file, lock);
            return true;
        }
    }

    /// Gives the lock back; only its holder calls this.
    void unlock() throws IOException {
        synchronized (HELD_BY_THIS_PROCESS) {
            FileLock lock = HELD_BY_THIS_PROCESS.remove(file);
            if (lock != null) {
                lock.acquiredBy().close();
            }
        }
    }
}
