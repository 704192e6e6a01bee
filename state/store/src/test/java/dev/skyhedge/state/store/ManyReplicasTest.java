package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state does not get slower by what it holds: what a commit writes depends on its changes alone.
class ManyReplicasTest {
    private static final int COMMITS = 20;

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("SystemOut")
    void writesAsMuchForOneChangeWhateverTheStateHolds() throws IOException {
        long few = grownBy(directory.resolve("few"), 100);
        long many = grownBy(directory.resolve("many"), 10_000);

        System.out.println("Bytes for " + COMMITS + " commits: " + few + " of 100, " + many + " of 10,000");
        assertThat(few).isPositive();
        assertThat(many).isPositive().isLessThan(3 * few);
    }

    private static long grownBy(Path path, int replicas) throws IOException {
        try (StateStore store = Opening.opened(Opening.open(path))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            List<Change> launches = IntStream.rangeClosed(1, replicas)
                    .<Change>mapToObj(i -> Samples.put("chat", i, 1, Lifecycle.READY))
                    .toList();
            StateStoreContract.committed(store.commit(lease, launches));
            long before = Files.size(path.resolve("state.mv.db"));
            long start = System.nanoTime();
            for (int i = 1; i <= COMMITS; i++) {
                StateStoreContract.committed(
                        store.commit(lease, List.of(Samples.put("chat", i * 3, 1, Lifecycle.DRAINING))));
            }
            long committed = System.nanoTime();
            assertThat(store.read().replicas()).hasSize(replicas);
            long read = System.nanoTime();
            store.read();
            System.out.printf(
                    "%d replicas: commit %.2f ms, first read %.0f ms, second %.0f ms%n",
                    replicas,
                    (committed - start) / 1e6 / COMMITS,
                    (read - committed) / 1e6,
                    (System.nanoTime() - read) / 1e6);
            return Files.size(path.resolve("state.mv.db")) - before;
        }
    }
}
