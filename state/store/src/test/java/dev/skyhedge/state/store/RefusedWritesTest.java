package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full or read-only: a small file system of its own, which only root can mount.
class RefusedWritesTest {
    private static final int MAX_COMMITS = 2_000;

    @TempDir
    Path mountPoint;

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mountPoint.toString()),
                "Mounting a small file system needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", mountPoint.toString());
    }

    @Test
    void saysThatTheDiskIsFullAndOpensAfterwards() throws Exception {
        long saved = 0;
        CommitResult last = new CommitResult.Committed(0);
        try (StateStore store = Opening.opened(Opening.open(mountPoint))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            for (int i = 1; i <= MAX_COMMITS && last instanceof CommitResult.Committed(long serial); i++) {
                saved = serial;
                last = store.commit(lease, List.of(put("chat", i, 1, Lifecycle.READY)));
            }
            assertThat(last).isInstanceOf(CommitResult.NotSaved.class);
            assertThat(((CommitResult.NotSaved) last).problem().kind()).isEqualTo(StateProblem.Kind.FULL);
        }

        assertThat(run("mount", "-o", "remount,size=8m", mountPoint.toString())).isTrue();
        try (StateStore store = Opening.opened(Opening.open(mountPoint))) {
            assertThat(store.read().serial()).isEqualTo(saved);
            assertThat(store.read().replicas()).hasSize((int) saved);
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            assertThat(StateStoreContract.committed(store.commit(lease, List.of(put("chat", 1, 2, Lifecycle.READY)))))
                    .isEqualTo(saved + 1);
        }
    }

    @Test
    void refusesAReadOnlyDirectoryBeforeAnything() throws Exception {
        try (StateStore store = Opening.opened(Opening.open(mountPoint))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            StateStoreContract.committed(store.commit(lease, List.of(put("chat", 1, 1, Lifecycle.READY))));
        }
        byte[] before = Files.readAllBytes(mountPoint.resolve("state.mv.db"));
        assertThat(run("mount", "-o", "remount,ro", mountPoint.toString())).isTrue();

        assertThat(Opening.refused(Opening.open(mountPoint)).kind()).isEqualTo(StateProblem.Kind.READ_ONLY);
        assertThat(mountPoint.resolve("state.mv.db")).hasBinaryContent(before);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.inputReader().lines().forEach(ignored -> {});
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
