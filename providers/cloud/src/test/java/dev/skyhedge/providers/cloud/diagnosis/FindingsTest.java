package dev.skyhedge.providers.cloud.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Finding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final String DATE = "Thu, 01 Jan 2026 00:00:00 GMT";
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void judgesTheClockByItsSkew() {
        assertThat(Findings.clock(DATE, THEN.plusSeconds(30))).isInstanceOf(Finding.Good.class);
        assertThat(Findings.clock(DATE, THEN.minusSeconds(31)))
                .isInstanceOf(Finding.Notable.class)
                .extracting(Finding::detail)
                .isEqualTo("31 s behind the cloud's");
        assertThat(Findings.clock(DATE, THEN.plusSeconds(301))).isInstanceOf(Finding.Bad.class);
        assertThat(Findings.clock("now", THEN)).isInstanceOf(Finding.Notable.class);
    }
}
