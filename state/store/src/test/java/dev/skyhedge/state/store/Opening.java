package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.StateProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Opens states in tests.
final class Opening {
    /// Makes the tests that repeat themselves do so more often: `-Dskyhedge.repetitions=10`.
    static final int REPETITIONS = Integer.getInteger("skyhedge.repetitions", 1);

    private Opening() {}

    static StateStore opened(OpenResult result) {
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        return ((OpenResult.Opened) result).store();
    }

    static StateProblem refused(OpenResult result) {
        if (result instanceof OpenResult.Opened(var store)) {
            store.close();
        }
        assertThat(result).isInstanceOf(OpenResult.Refused.class);
        return ((OpenResult.Refused) result).problem();
    }

    /// A store that has the files and compacts them early.
    static StateStore compactingAbove(long bytes, Path directory) {
        opened(open(directory)).close();
        StateStore store = new JdbcState(
                new H2Database(directory, InstantSource.system(), bytes),
                Optional.of(new Sidecar(directory.resolve("state.lineage"))),
                LocalProcesses::isDead,
                Retention.DEFAULT);
        store.serial();
        return store;
    }

    static OpenResult open(Path directory) {
        return States.open(new StateLocation.Directory(directory), InstantSource.system());
    }
}
