package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of a state that commits for long.
class H2CompactionTest {
    private static final long LIMIT = Long.getLong("skyhedge.compaction.limit", 500_000);
    private static final int COMMITS = Integer.getInteger("skyhedge.compaction.commits", 150);
    private static final int MAX_READS = 1_000_000;
    private static final int SNAPSHOTS = 40;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("state.mv.db");
    }

    private static long commit(StateStore store, Lease lease, int number) {
        Lifecycle changing = number / 20 % 2 == 0 ? Lifecycle.STARTING : Lifecycle.READY;
        return StateStoreContract.committed(
                store.commit(lease, List.of(Samples.put("chat", number % 20, 1, changing))));
    }

    @Test
    @SuppressWarnings("SystemOut")
    void staysSmallWhileReadersGoOn() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(2);
        Snapshot last;
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                StateStore store = Opening.compactingAbove(LIMIT, directory);
                StateStore other = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
            Future<Integer> own = readers.submit(() -> readUntil(ended, store, reading));
            Future<Integer> others = readers.submit(() -> readUntil(ended, other, reading));
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            long largest = 0;
            long before = 0;
            long longest = 0;
            int compactions = 0;
            for (int i = 1; i <= COMMITS; i++) {
                long start = System.nanoTime();
                assertThat(commit(store, lease, i)).isEqualTo(i);
                longest = Math.max(longest, System.nanoTime() - start);
                long size = Files.size(file());
                compactions += size < before ? 1 : 0;
                largest = Math.max(largest, size);
                before = size;
            }
            ended.set(true);
            System.out.printf("%d compactions, longest commit %.0f ms%n", compactions, longest / 1e6);

            assertThat(own.get(20, TimeUnit.SECONDS)).isPositive();
            assertThat(others.get(20, TimeUnit.SECONDS)).isPositive();
            assertThat(compactions).isPositive();
            assertThat(largest).isLessThan(2 * LIMIT);
            assertThat(store.history(Long.MAX_VALUE, COMMITS).size()).isEqualTo(COMMITS);
            last = store.read();
            assertThat(other.read()).isEqualTo(last);
        }
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThat(store.read()).isEqualTo(last);
        }
    }

    /// H2 takes what is dead to be free once a file is 45 s old; here it does at once. What a killed process
    /// leaves is the file as it is.
    @Test
    void leavesEveryCommitInAnOldFileToo() throws Exception {
        Opening.opened(Opening.open(directory)).close();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:async:" + directory.resolve("state"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET RETENTION_TIME 0");
            statement.execute("SHUTDOWN");
        }
        Random random = new Random(7);
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
            for (int i = 1; i <= SNAPSHOTS; i++) {
                List<Change> changes = new ArrayList<>();
                for (int replica = random.nextInt(20); replica >= 0; replica--) {
                    changes.add(Samples.put("chat", replica, i, Lifecycle.READY));
                }
                long serial = StateStoreContract.committed(store.commit(lease, changes));

                assertThat(serialAfterKill(i)).isEqualTo(serial);
            }
        }
    }

    private long serialAfterKill(int number) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("killed-" + number));
        for (String name : List.of("state.mv.db", "state.lineage")) {
            Files.copy(directory.resolve(name), copy.resolve(name));
        }
        try (StateStore store = Opening.opened(Opening.open(copy))) {
            return store.serial();
        }
    }

    /// @return how often it has read
    private static int readUntil(AtomicBoolean ended, StateStore store, CountDownLatch reading) {
        long serial = 0;
        int reads = 0;
        while (!ended.get() && reads < MAX_READS) {
            long now = store.read().serial();
            assertThat(now).isGreaterThanOrEqualTo(serial);
            serial = now;
            reads++;
            reading.countDown();
        }
        return reads;
    }

    @Test
    void goesOnWithALargeFileThatCannotBeCompacted() throws IOException {
        try (StateStore store = Opening.compactingAbove(200_000, directory)) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
            commit(store, lease, 1);
            Path inTheWay = directory.resolve("state.mv.db.compact");
            Files.createDirectories(inTheWay.resolve("directory"));

            for (int i = 2; i <= 20; i++) {
                assertThat(commit(store, lease, i)).isEqualTo(i);
            }

            assertThat(Files.size(file())).isGreaterThan(200_000);
            assertThat(store.read().replicas()).hasSize(20);
            Files.delete(inTheWay.resolve("directory"));
        }
    }

    @Test
    void compactsWhenItIsLeft() throws IOException {
        long large;
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            for (int i = 1; i <= 20; i++) {
                commit(store, lease, i);
            }
            large = Files.size(file());
        }

        H2Database early = new H2Database(directory, java.time.InstantSource.system(), large / 2);
        early.connect();
        early.trust();
        early.close();

        assertThat(Files.size(file())).isLessThan(large / 2);
    }
}
