package dev.skyhedge.specs.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT10M, 10m",
        "PT1H30M, 1h30m",
        "PT1H0M1S, 1h1s",
        "PT90M, 1h30m",
        "PT48H, 48h",
        "PT1M1.5S, 1m1.5s",
        "PT100S, 1m40s",
        "PT0.25S, 250ms",
        "PT0.0015S, 1.5ms",
        "PT0.000000001S, 1ns",
        "PT-10M, -10m"
    })
    void writesWhatASpecWouldSay(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @Test
    void readsBackWhatItWrites() {
        for (long nanos = 1; nanos > 0; nanos *= 7) {
            Duration duration = Duration.ofNanos(nanos);

            assertThat(Durations.parse(Durations.text(duration))).contains(duration);
        }
    }
}
