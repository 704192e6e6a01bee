package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When a cloud in a box may go.
class IdlenessTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Idleness idleness = new Idleness(nanos::get, Duration.ofMinutes(10));

    private void pass(int minutes) {
        nanos.addAndGet(Duration.ofMinutes(minutes).toNanos() + 1);
    }

    @Test
    void isOverWhenNobodyHasAskedForLong() {
        assertThat(idleness.isOver(0, 0)).isFalse();
        pass(10);
        assertThat(idleness.isOver(0, 0)).isTrue();
    }

    @Test
    void beginsAnewWithEachUse() {
        pass(9);
        idleness.used();
        pass(9);

        assertThat(idleness.isOver(0, 0)).isFalse();
    }

    @Test
    void isNeverOverWhileSomethingRunsOrSomebodyListensAndBeginsAfterwards() {
        pass(20);
        assertThat(idleness.isOver(1, 0)).isFalse();
        pass(20);
        assertThat(idleness.isOver(0, 1)).isFalse();
        pass(9);
        assertThat(idleness.isOver(0, 0)).isFalse();
        pass(2);
        assertThat(idleness.isOver(0, 0)).isTrue();
    }
}
