package dev.skyhedge.state.store;

import java.time.Duration;

class InMemoryStateTest extends StateStoreContract {
    private final MovableClock clock = new MovableClock();

    @Override
    public StateStore create(Retention retention) {
        return new InMemoryState("lineage-1", clock, LocalProcesses::isDead, retention);
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }
}
