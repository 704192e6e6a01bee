package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastRequestsTest {
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TURNED = BEGUN.plusSeconds(10);
    private static final Instant ENDED = BEGUN.plusSeconds(60);

    private final LastRequests lastRequests = new LastRequests();

    @BeforeEach
    void fiftySecondsAfterItBegan() {
        lastRequests.note("chat", "chat-1", 1, BEGUN.plusSeconds(50));
    }

    @Test
    void aRequestBeforeTheDeathIsNoneToTheDead() {
        assertThat(lastRequests.afterDeath(List.of(entry(BEGUN, Optional.of(ENDED)))))
                .containsExactly(Duration.ZERO);
    }

    @Test
    void oneAfterItIsCountedFromTheDeath() {
        Instant death = BEGUN.plusSeconds(48);

        assertThat(lastRequests.afterDeath(List.of(entry(BEGUN, Optional.of(death)))))
                .containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void anotherUseOfItsTimeIsNoDeath() {
        assertThat(lastRequests.afterDeath(
                        List.of(entry(TURNED, Optional.of(ENDED)), entry(BEGUN, Optional.of(TURNED)))))
                .containsExactly(Duration.ZERO);
    }

    @Test
    void whoStillRunsHasNotDied() {
        assertThat(lastRequests.afterDeath(List.of(entry(BEGUN, Optional.of(TURNED)), entry(TURNED, Optional.empty()))))
                .isEmpty();
    }

    private static SpendEntry entry(Instant from, Optional<Instant> until) {
        return new SpendEntry("chat", SpendEntry.Kind.RENTED_SPOT, "chat-1#1", HourlyPrice.ofUsd("1"), from, until);
    }
}
