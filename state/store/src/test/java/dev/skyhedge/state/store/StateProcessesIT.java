package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Several processes on one state, and what is left when they are killed.
class StateProcessesIT {
    private static final int KILLS = 3 * Opening.REPETITIONS;

    @TempDir
    Path directory;

    @Test
    void neverLosesAReportedSerialWhenKilled() throws Exception {
        Random random = new Random(7);
        long reported = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm child = ChildJvm.start(directory, "commit")) {
                child.awaitCommits(1 + random.nextInt(40));
                child.kill();
                reported = child.lastSerial();
            }
            try (StateStore store = Opening.opened(Opening.open(directory))) {
                Snapshot snapshot = store.read();
                assertThat(snapshot.serial()).isBetween(reported, reported + 1);
                assertThat(snapshot.replicas())
                        .isEqualTo(store.readAt(snapshot.serial()).replicas());
                assertThat(store.events("", 1).getFirst().message()).startsWith("commit ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"commit.before,2", "commit.mid,2", "commit.after,3"})
    void leavesWholeCommitsAtEveryFailpoint(String failpoint, long serialAfterThird) throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, "commit", "-Dskyhedge.failpoint=" + failpoint + ":3")) {
            assertThat(child.exitCode()).isEqualTo(Failpoint.EXIT_CODE);
        }
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThat(store.read().serial()).isEqualTo(serialAfterThird);
            assertThat(store.events("", 10)).hasSize((int) serialAfterThird);
            assertThat(store.history(Long.MAX_VALUE, 10)).hasSize((int) serialAfterThird);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact.copied", "compact.moved"})
    void losesNothingWhenKilledWhileItCompacts(String failpoint) throws Exception {
        long reported;
        try (ChildJvm child = ChildJvm.start(directory, "compact", "-Dskyhedge.failpoint=" + failpoint + ":2")) {
            assertThat(child.exitCode()).isEqualTo(Failpoint.EXIT_CODE);
            reported = child.lastSerial();
        }

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            // The commit before the compaction stands; its caller was not told any more.
            assertThat(store.read().serial()).isEqualTo(reported + 1);
            assertThat(store.history(Long.MAX_VALUE, 1_000)).hasSize((int) reported + 1);
            assertThat(directory.resolve("state.mv.db.compact")).doesNotExist();
        }
    }

    @Test
    void commitsOnThroughAHolderThatCompacts() throws Exception {
        try (StateStore holder = Opening.compactingAbove(200_000, directory);
                ChildJvm child = ChildJvm.start(directory, "commit")) {
            Path file = directory.resolve("state.mv.db");
            int compactions = 0;
            child.awaitCommits(1);
            for (int read = 0; read < 100 && compactions < 3; read++) {
                long before = Files.size(file);
                long serial = holder.read().serial();
                assertThat(serial).isGreaterThanOrEqualTo(child.lastSerial());
                compactions += Files.size(file) < before ? 1 : 0;
                child.awaitCommits(2);
            }
            child.kill();

            assertThat(compactions).isPositive();
            assertThat(holder.read().serial()).isBetween(child.lastSerial(), child.lastSerial() + 1);
            assertThat(holder.history(Long.MAX_VALUE, 10_000)).hasSize((int) holder.serial());
        }
    }

    @Test
    @SuppressWarnings("SystemOut")
    void sharesTheStateAndTakesItOverWhenItsHolderIsKilled() throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, "commit")) {
            child.awaitCommits(5);
            try (StateStore store = Opening.opened(Opening.open(directory))) {
                long first = store.serial();
                child.awaitCommits(20);
                assertThat(store.serial()).isGreaterThan(first);
                LeaseClaim claim = LocalProcesses.claim("watch", "2");
                assertThat(store.acquire(claim)).isInstanceOf(LeaseResult.HeldBy.class);

                child.kill();
                long start = System.nanoTime();
                Lease lease = StateStoreContract.granted(store.acquire(claim));
                System.out.println("Took over in " + (System.nanoTime() - start) / 1_000_000 + " ms");

                assertThat(store.read().serial()).isBetween(child.lastSerial(), child.lastSerial() + 1);
                StateStoreContract.committed(store.commit(lease, List.of(Samples.put("chat", 1, 99, Lifecycle.READY))));
            }
        }
    }

    @Test
    void commitsOnThroughTheDeathOfTheProcessThatServes() throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, "hold")) {
            child.await("OPENED");
            try (StateStore store = Opening.opened(Opening.open(directory))) {
                Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
                for (int i = 1; i <= 30; i++) {
                    if (i == 15) {
                        child.kill();
                    }
                    assertThat(StateStoreContract.committed(
                                    store.commit(lease, List.of(Samples.put("chat", i, 1, Lifecycle.READY)))))
                            .isEqualTo(i);
                }
                assertThat(store.read().replicas()).hasSize(30);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void listensOnLoopbackAndTellsOnlyItsUserHow() throws Exception {
        try (ChildJvm child = ChildJvm.start(directory, "commit")) {
            child.awaitCommits(1);
            Opening.opened(Opening.open(directory)).close();
            Path door = directory.resolve("state.server");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(door)))
                    .isEqualTo("rw-------");
            assertThat(listeningAddresses(H2Server.find(door).orElseThrow().port()))
                    .isNotEmpty()
                    .allMatch(address -> address.endsWith("0100007F"));
        }
    }

    private static List<String> listeningAddresses(int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        String listening = "0A";
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines.stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[1].endsWith(suffix) && fields[3].equals(listening))
                .map(fields -> fields[1].substring(0, fields[1].indexOf(':')))
                .toList();
    }
}
