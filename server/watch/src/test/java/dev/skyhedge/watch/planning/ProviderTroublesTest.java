package dev.skyhedge.watch.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProviderTroublesTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Failure SILENT = new Failure.OutcomeUnknown("no answer");

    private final ProviderTroubles troubles = new ProviderTroubles();

    @Test
    void theSameTroubleIsNewsOnceAMinute() {
        assertThat(troubles.isNews("aws", SILENT, NOW)).isTrue();
        assertThat(troubles.isNews("aws", new Failure.OutcomeUnknown("request 2"), NOW.plusSeconds(3)))
                .isFalse();
        assertThat(troubles.isNews("aws", SILENT, NOW.plusSeconds(59))).isFalse();
        assertThat(troubles.isNews("aws", SILENT, NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void anotherTroubleAndAnotherProviderAreNewsAtOnce() {
        troubles.isNews("aws", SILENT, NOW);

        assertThat(troubles.isNews("gcp", SILENT, NOW)).isTrue();
        assertThat(troubles.isNews("aws", new Failure.Denied("no"), NOW)).isTrue();
    }
}
