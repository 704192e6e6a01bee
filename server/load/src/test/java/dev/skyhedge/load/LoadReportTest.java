package dev.skyhedge.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final LoadReport REPORT = new LoadReport(
            Duration.ofSeconds(10),
            500,
            497,
            0,
            new TreeMap<>(Map.of("status_503", 2L, "connect", 1L)),
            0,
            new LatencySummary(
                    Duration.ofMillis(8), Duration.ofMillis(12), Duration.ofNanos(31_250_000), Duration.ofMillis(90)));

    @Test
    void readsWell() {
        assertThat(REPORT.text().lines())
                .containsExactly(
                        "requests       500 sent, 497 succeeded, 3 failed",
                        "  connect      1",
                        "  status_503   2",
                        "rate           49.7/s over 10.0 s",
                        "latency        p50 8.0 ms  p90 12.0 ms  p99 31.3 ms  max 90.0 ms");
    }

    @Test
    void valuesComeInAFixedOrder() {
        assertThat(REPORT.values().keySet())
                .containsExactly(
                        "elapsed_seconds",
                        "sent",
                        "succeeded",
                        "failed",
                        "hung_up",
                        "unfinished",
                        "errors",
                        "rate_per_second",
                        "latency_millis");
        assertThat(REPORT.values().get("errors")).hasToString("{connect=1, status_503=2}");
    }

    @Test
    void anyErrorMakesTheExitCode1() {
        assertThat(REPORT.exitCode()).isEqualTo(1);
        assertThat(new LoadReport(REPORT.elapsed(), 5, 4, 1, new TreeMap<>(), 0, REPORT.latency()).exitCode())
                .isZero();
    }
}
