package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state that may be read, and not written.
class CopiedStateTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void commitOnce() {
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            commit(store, 1);
        }
    }

    private static void commit(StateStore store, int ordinal) {
        Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
        StateStoreContract.committed(store.commit(lease, List.of(put("chat", ordinal, 1, Lifecycle.READY))));
        store.release(lease);
    }

    private StateStore look() {
        return Opening.opened(States.lookAtCopy(directory, InstantSource.system()));
    }

    private Map<String, FileTime> files() throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    @Test
    void showsWhatWasCommittedAndTouchesNothing() throws IOException {
        Map<String, FileTime> before = files();

        try (StateStore store = look()) {
            assertThat(store.read().replicas()).hasSize(1);
            assertThat(store.location())
                    .isEqualTo(directory.resolve("state.mv.db").toString());
        }

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void isReadWhileAnotherProcessWritesIt() {
        try (StateStore writing = Opening.opened(Opening.open(directory))) {
            commit(writing, 2);
            try (StateStore store = look()) {
                assertThat(store.read().replicas()).hasSize(2);
            }
            commit(writing, 3);
        }
    }

    @Test
    void savesNothing() {
        try (StateStore store = look()) {
            assertThat(store.acquire(LocalProcesses.claim("watch", "1")))
                    .isInstanceOfSatisfying(
                            LeaseResult.Unavailable.class,
                            unavailable ->
                                    assertThat(unavailable.problem().kind()).isEqualTo(StateProblem.Kind.READ_ONLY));
        }
    }

    @Test
    void isLostIfItIsOlderThanWhatIsRememberedBesideIt() throws IOException {
        Path file = directory.resolve("state.mv.db");
        byte[] older = Files.readAllBytes(file);
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            commit(store, 2);
        }
        Files.write(file, older);

        StateProblem problem = Opening.refused(States.lookAtCopy(directory, InstantSource.system()));

        assertThat(problem.kind()).isEqualTo(StateProblem.Kind.LOST);
        assertThat(problem.detail()).contains(directory.resolve("state.lineage").toString());
    }
}
