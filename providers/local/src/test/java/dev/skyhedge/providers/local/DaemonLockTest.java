package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock of a daemon that ends, and has its directory for a moment more.
class DaemonLockTest {
    @TempDir
    Path directory;

    @Test
    void isWaitedForAndTakenWhenItIsGivenUp() throws IOException {
        try (FileChannel ending = open();
                FileChannel next = open()) {
            FileLock held = DaemonFiles.lock(ending, Duration.ZERO).orElseThrow();
            var taken = new CompletableFuture<Optional<FileLock>>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    taken.complete(DaemonFiles.lock(next, Box.PATIENCE));
                } catch (IOException e) {
                    taken.completeExceptionally(e);
                }
            });
            Box.await("somebody waiting", () -> waiting.getState() == Thread.State.TIMED_WAITING);

            held.release();

            assertThat(taken.join()).isPresent();
        }
    }

    @Test
    void isNotWaitedForWithoutEnd() throws IOException {
        try (FileChannel staying = open();
                FileChannel next = open()) {
            assertThat(DaemonFiles.lock(staying, Duration.ZERO)).isPresent();

            assertThat(DaemonFiles.lock(next, Duration.ZERO)).isEmpty();
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                DaemonFiles.createFile(new DaemonFiles(directory).daemonLock()), StandardOpenOption.WRITE);
    }
}
