package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process that tests kill. Prints what it has done, a line for each commit, after the commit has returned.
///
/// Arguments: directory, then `hold` to have the state open only, or `commit` to commit without end, `compact`
/// to do so and compact the file early.
final class Committing {
    private static final int MAX_COMMITS = 100_000;
    private static final long COMPACT_ABOVE = 300_000;
    private static final Duration MAX_LIFE = Duration.ofSeconds(60);

    private Committing() {}

    private static StateStore open(Path directory, String mode) {
        return mode.equals("compact")
                ? Opening.compactingAbove(COMPACT_ABOVE, directory)
                : Opening.opened(Opening.open(directory));
    }

    /// Holds on until the parent ends or closes this process's input, and not longer than a test may take.
    private static void awaitParent() throws InterruptedException {
        var ended = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                ended.countDown();
            }
        });
        if (!ended.await(MAX_LIFE.toSeconds(), TimeUnit.SECONDS)) {
            System.err.println("The parent has forgotten this process");
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        try (StateStore store = open(Path.of(arguments[0]), arguments[1])) {
            System.out.println("OPENED");
            if (arguments[1].equals("hold")) {
                awaitParent();
                return;
            }
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
            System.out.println("LEASED " + lease.epoch());
            long end = System.nanoTime() + MAX_LIFE.toNanos();
            for (int i = 1; i <= MAX_COMMITS && System.nanoTime() < end; i++) {
                List<Change> changes = List.of(
                        Samples.put("chat", i % 20, 1 + i / 20, Lifecycle.READY),
                        new Change.AppendEvent(Samples.event("chat", "commit " + i)));
                System.out.println("SERIAL " + StateStoreContract.committed(store.commit(lease, changes)));
            }
        }
    }
}
