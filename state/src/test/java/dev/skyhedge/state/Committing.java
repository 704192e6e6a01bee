package dev.skyhedge.state;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        try (StateStore store = open(Path.of(arguments[0]), arguments[1])) {
            System.out.println("OPENED");
            if (arguments[1].equals("hold")) {
                Thread.sleep(MAX_LIFE);
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
