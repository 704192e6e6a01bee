package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state whose files were changed by something else is refused, and stays byte for byte as it was found.
class DamagedStateTest {
    private static final int COMMITS = 6;
    private static final int PAGE = 4_096;
    private static final int MAX_CUTS = 8 * Opening.REPETITIONS;
    private static final int FLIPS = 40 * Opening.REPETITIONS;

    @TempDir
    Path directory;

    private Path file;
    private Path sidecar;
    private Snapshot saved;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("state.mv.db");
        sidecar = directory.resolve("state.lineage");
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            for (int i = 1; i <= COMMITS; i++) {
                StateStoreContract.committed(store.commit(
                        lease,
                        List.of(
                                new Change.PutWorkload(Samples.service("chat", i)),
                                put("chat", i, 1, Lifecycle.READY),
                                new Change.PutAccount(Samples.account("aws", "4711")),
                                new Change.OpenIntent(Samples.intent("intent-" + i, lease.epoch())))));
            }
            saved = store.read();
        }
    }

    private StateProblem refusal() {
        return Opening.refused(Opening.open(directory));
    }

    @Test
    void refusesAStateWhoseFileIsGone() throws IOException {
        Files.delete(file);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.LOST);
        assertThat(refusal().detail()).contains("serial " + COMMITS).contains(saved.lineage());
        assertThat(file).doesNotExist();
    }

    @Test
    void lostStateIsBegunAnewUnderItsOwnLineageOnly() throws IOException {
        Files.delete(file);

        assertThat(Opening.refused(adopt("another")).kind()).isEqualTo(StateProblem.Kind.NOT_EMPTY);
        try (StateStore store = Opening.opened(adopt(saved.lineage()))) {
            assertThat(store.read().lineage()).isEqualTo(saved.lineage());
            assertThat(store.serial()).isZero();
        }
        Opening.opened(Opening.open(directory)).close();
    }

    @Test
    void adoptsNothingIntoAStateThatHoldsSomething() throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThat(Opening.refused(adopt("another")).kind()).isEqualTo(StateProblem.Kind.NOT_EMPTY);
        assertThat(Opening.refused(adopt(saved.lineage())).kind()).isEqualTo(StateProblem.Kind.NOT_EMPTY);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void emptyStateGetsAnotherLineageUnlessSomebodyHasItsLease() throws IOException {
        Path empty = directory.resolve("empty");
        try (StateStore store = Opening.opened(Opening.open(empty))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
            OpenResult held = States.adopt(new StateLocation.Directory(empty), InstantSource.system(), "another");
            assertThat(Opening.refused(held).kind()).isEqualTo(StateProblem.Kind.LOCKED);
            store.release(lease);
        }

        try (StateStore store =
                Opening.opened(States.adopt(new StateLocation.Directory(empty), InstantSource.system(), "another"))) {
            assertThat(store.read().lineage()).isEqualTo("another");
        }
    }

    private OpenResult adopt(String lineage) {
        return States.adopt(new StateLocation.Directory(directory), InstantSource.system(), lineage);
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.write(file, new byte[0]);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.LOST);
        assertThat(file).isEmptyFile();
    }

    @Test
    void refusesAnOlderCopy() throws IOException {
        Path copy = directory.resolve("copy");
        Files.copy(file, copy);
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            store.commit(lease, List.of(put("chat", 1, 2, Lifecycle.READY)));
        }
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        byte[] before = Files.readAllBytes(file);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.LOST);
        assertThat(refusal().detail()).contains("has only serial 6").contains("serial 7");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesACopyThatLacksOnlyAnIntent() throws IOException {
        Path copy = directory.resolve("copy");
        Files.copy(file, copy);
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            store.commit(lease, List.of(new Change.OpenIntent(Samples.intent("launch", lease.epoch()))));
        }
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.LOST);
        assertThat(refusal().detail())
                .contains("has only serial 6 and commit 6")
                .contains("serial 6 and commit 7");
    }

    @Test
    void refusesAnotherState() throws IOException {
        Path other = directory.resolve("other");
        Opening.opened(Opening.open(other)).close();
        Files.copy(other.resolve("state.mv.db"), file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.LOST);
    }

    @Test
    void refusesADamagedSidecar() throws IOException {
        Files.writeString(sidecar, Files.readString(sidecar).replace("6", "5"));

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.DAMAGED);
    }

    @Test
    void writesAMissingSidecarAnew() throws IOException {
        byte[] before = Files.readAllBytes(sidecar);
        Files.delete(sidecar);

        Opening.opened(Opening.open(directory)).close();

        assertThat(sidecar).hasBinaryContent(before);
    }

    @Test
    void beginsAnewWhereEverythingWasRemoved() throws IOException {
        Files.delete(file);
        Files.delete(sidecar);

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThat(store.read().serial()).isZero();
            assertThat(store.read().lineage()).isNotEqualTo(saved.lineage());
        }
    }

    @Test
    void readsTheSameOrRefusesAfterACutAtAnyPage() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int pages = whole.length / PAGE;
        for (int cut = 0; cut < MAX_CUTS; cut++) {
            byte[] torn = Arrays.copyOf(whole, cut * pages / MAX_CUTS * PAGE);
            assertSameOrUntouched(torn, "cut at " + torn.length);
        }
    }

    @Test
    void readsTheSameOrRefusesAfterAnyFlippedBit() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(42);
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertSameOrUntouched(flipped, "flip at " + at).ifPresent(refused::add);
        }
        assertThat(refused).isNotEmpty();
    }

    @Test
    void refusesRandomBytes() throws IOException {
        byte[] noise = new byte[10 * PAGE];
        new Random(1).nextBytes(noise);

        assertThat(assertSameOrUntouched(noise, "noise")).isPresent();
        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.DAMAGED);
        assertThat(refusal().detail()).contains("last good serial was 6");
    }

    /// @return the problem, if there was one
    private Optional<String> assertSameOrUntouched(byte[] content, String what) throws IOException {
        Files.write(file, content);
        Optional<String> problem = Optional.empty();
        switch (Opening.open(directory)) {
            case OpenResult.Refused(var refused) -> problem = Optional.of(what + ": " + refused);
            case OpenResult.Opened(var store) -> {
                try (store) {
                    assertThat(store.read()).as(what).isEqualTo(saved);
                } catch (StateException e) {
                    problem = Optional.of(what + ": " + e.problem());
                }
            }
        }
        if (problem.isPresent()) {
            assertThat(file).as(problem.get()).hasBinaryContent(content);
        }
        return problem;
    }

    @Test
    void namesTheRowThatWasEdited() throws SQLException {
        edit("UPDATE task SET body = REPLACE(body, 'READY', 'ENDED') WHERE name = 'chat-2'");

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThatThrownBy(store::read)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("table task")
                    .hasMessageContaining("chat/chat-2/1");
        }
    }

    @Test
    void namesTheProviderWhoseAccountWasEdited() throws SQLException {
        edit("UPDATE provider_account SET body = REPLACE(body, '4711', '4712')");

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThatThrownBy(store::read)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("Row aws of table provider_account");
        }
    }

    @Test
    void noticesRowsThatVanished() throws SQLException {
        edit("DELETE FROM task WHERE name = 'chat-3'");

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThatThrownBy(store::read).isInstanceOf(StateException.class).hasMessageContaining("missing");
        }
    }

    @Test
    void refusesANewerSchemaAndLeavesIt() throws SQLException, IOException {
        edit("UPDATE schema_info SET version = " + (Schema.VERSION + 1));
        byte[] before = Files.readAllBytes(file);

        assertThat(refusal().kind()).isEqualTo(StateProblem.Kind.NEWER_VERSION);
        assertThat(file).hasBinaryContent(before);
    }

    private void edit(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("state"), "sa", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("SHUTDOWN");
        }
    }
}
