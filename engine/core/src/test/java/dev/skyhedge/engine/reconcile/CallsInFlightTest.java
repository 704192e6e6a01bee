package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallsInFlightTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final CallsInFlight calls = new CallsInFlight();

    @Test
    void aCallThatFailedIsRepeatedAfterAPause() {
        calls.retryLater("one", NOW);

        assertThat(calls.isDue("one", NOW)).isFalse();
        assertThat(calls.isDue("one", NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongThePause() {
        calls.retryLater("one", NOW);

        assertThat(calls.isDue("one", NOW.minus(Duration.ofHours(1)))).isTrue();
    }
}
