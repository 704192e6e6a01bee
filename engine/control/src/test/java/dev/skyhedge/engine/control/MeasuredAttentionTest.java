package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Time that only the clock says has passed.
class MeasuredAttentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos = 5;
    private final MeasuredAttention attention = new MeasuredAttention(() -> nanos, Duration.ofSeconds(20));

    private Duration after(Duration byTheClock, Duration lived) {
        attention.lost(START);
        nanos += lived.toNanos();
        return attention.lost(START.plus(byTheClock));
    }

    @Test
    void losesNothingWhileTheClockAgrees() {
        assertThat(after(Duration.ofSeconds(10), Duration.ofSeconds(10))).isZero();
    }

    @Test
    void bearsASmallCorrection() {
        assertThat(after(Duration.ofMillis(11_500), Duration.ofSeconds(10))).isZero();
    }

    @Test
    void losesWhatAClockJumps() {
        assertThat(after(Duration.ofMinutes(61), Duration.ofMinutes(1).dividedBy(4)))
                .isEqualTo(Duration.ofMinutes(61).minusSeconds(15));
    }

    @Test
    void losesANegativeTimeWhenTheClockIsSetBack() {
        assertThat(after(Duration.ofHours(-1), Duration.ofSeconds(10)))
                .isEqualTo(Duration.ofHours(-1).minusSeconds(10));
    }

    @Test
    void losesTimeInWhichTheProcessStoodStill() {
        assertThat(after(Duration.ofHours(1), Duration.ofHours(1)))
                .isEqualTo(Duration.ofHours(1).minusSeconds(20));
    }
}
