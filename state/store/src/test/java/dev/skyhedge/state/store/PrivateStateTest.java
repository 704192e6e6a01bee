package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What other users of a machine see of a state, and what somebody does to its files while it is open.
class PrivateStateTest {
    @TempDir
    private Path above;

    private Lease leaseOf(StateStore store) {
        return StateStoreContract.granted(store.acquire(LocalProcesses.claim("watch", "1")));
    }

    @Test
    void nobodyButTheOwnerCanReadAnythingOfAState() throws IOException {
        Path directory = above.resolve("state");
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            StateStoreContract.committed(store.commit(leaseOf(store), List.of(put("chat", 1, 1, Lifecycle.READY))));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.toList())
                        .hasSizeGreaterThan(2)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aStateThatIsDeletedWhileItIsOpenIsLostAtTheNextCommit() throws IOException {
        try (StateStore store = Opening.opened(Opening.open(above))) {
            Lease lease = leaseOf(store);
            StateStoreContract.committed(store.commit(lease, List.of(put("chat", 1, 1, Lifecycle.READY))));
            Files.delete(above.resolve("state.mv.db"));

            CommitResult result = store.commit(lease, List.of(put("chat", 2, 1, Lifecycle.READY)));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            CommitResult.NotSaved.class,
                            notSaved -> assertThat(notSaved.problem().kind()).isEqualTo(StateProblem.Kind.LOST));
            assertThatThrownBy(() -> store.heartbeat(lease)).isInstanceOf(StateException.class);
        }
    }

    @Test
    void aStateThatIsReplacedWhileItIsOpenIsLostAtTheNextHeartbeat() throws IOException {
        try (StateStore store = Opening.opened(Opening.open(above))) {
            Lease lease = leaseOf(store);
            Path copy = Files.copy(above.resolve("state.mv.db"), above.resolve("copy"));
            Files.move(copy, above.resolve("state.mv.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThatThrownBy(() -> store.heartbeat(lease)).hasMessageContaining("deleted or replaced");
        }
    }

    @Test
    void whatRootMakesBelongsToTheOwnerOfTheDirectory() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        UserPrincipal user =
                above.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(above, user);
        try (StateStore store = Opening.opened(Opening.open(above))) {
            StateStoreContract.committed(store.commit(leaseOf(store), List.of(put("chat", 1, 1, Lifecycle.READY))));
        }

        try (Stream<Path> files = Files.list(above)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file ->
                            assertThat(Files.getOwner(file)).as(file.toString()).isEqualTo(user));
        }
    }
}
