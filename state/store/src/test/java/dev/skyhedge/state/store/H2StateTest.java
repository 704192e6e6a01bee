package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StateTest extends StateStoreContract {
    private final MovableClock clock = new MovableClock();

    @TempDir
    Path directory;

    private int created;

    @Override
    public StateStore create(Retention retention) {
        return Opening.opened(
                States.open(new StateLocation.Directory(directory.resolve("state-" + created++)), clock, retention));
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void outlivesInterruptsOfItsCallers() {
        for (int ordinal = 1; ordinal <= 10; ordinal++) {
            Thread.currentThread().interrupt();
            commit(Samples.put("chat", ordinal, 1, Lifecycle.READY));
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(store.read().replicas()).hasSize(10);
    }

    @Test
    void keepsEverythingOverACloseAndSharesItWithinAProcess() {
        commit(Samples.put("chat", 1, 1, Lifecycle.READY), new Change.PutAccount(Samples.account("aws", "4711")));
        Snapshot before = store.read();
        StateLocation same = new StateLocation.Directory(directory.resolve("state-0"));

        try (StateStore second = Opening.opened(States.open(same, clock))) {
            assertThat(second.read()).isEqualTo(before);
        }
        store.close();
        store = Opening.opened(States.open(same, clock));
        assertThat(store.read()).isEqualTo(before);
    }
}
