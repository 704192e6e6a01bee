package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private final Exposition one = new Exposition();
    private final Exposition other = new Exposition();

    private String text() {
        return Exposition.text(List.of(one.snapshots(), other.snapshots()));
    }

    @Test
    void joinsFamiliesThatSeveralHave() {
        one.counter("a_total", "A.", Map.of(Labels.of("service", "chat"), 1L));
        one.gauge("b", "B.", Map.of(Labels.of("service", "chat"), 2));
        other.counter("a_total", "Something else.", Map.of(Labels.of("service", "code", "replica", "code-1"), 1L));
        other.gauge("b", "B.", Map.of(Labels.of("service", "code"), 2));

        assertThat(text()).isEqualTo("""
                # HELP skyhedge_a_total A.
                # TYPE skyhedge_a_total counter
                skyhedge_a_total{replica="code-1",service="code"} 1.0
                skyhedge_a_total{service="chat"} 1.0
                # HELP skyhedge_b B.
                # TYPE skyhedge_b gauge
                skyhedge_b{service="chat"} 2.0
                skyhedge_b{service="code"} 2.0
                """);
        PrometheusText.parse(text());
    }

    @Test
    void writesASeriesThatTwoHaveOnce() {
        one.gauge("b", "B.", 1);
        other.gauge("b", "B.", 2);

        assertThat(PrometheusText.parse(text()).value("skyhedge_b")).isEqualTo(1);
    }

    @Test
    void writesNothingAsNothing() {
        assertThat(Exposition.text(List.of())).isEmpty();
        assertThat(text()).isEmpty();
    }

    @Test
    void escapesLabelsAndHelp() {
        one.gauge("a", "one\\two\nthree", Map.of(Labels.of("x", "\\ \" \n", "y", "é"), 1));

        assertThat(text()).isEqualTo("""
                # HELP skyhedge_a one\\\\two\\nthree
                # TYPE skyhedge_a gauge
                skyhedge_a{x="\\\\ \\" \\n",y="é"} 1.0
                """);
    }

    @Test
    void writesMicroDollarsAsDollars() {
        one.dollars("a_usd_total", "A.", Map.of(Labels.EMPTY, 1L));
        one.dollars("b_usd_total", "B.", Map.of(Labels.EMPTY, 12_345_678L));

        assertThat(PrometheusText.parse(text()).value("skyhedge_a_usd_total")).isEqualTo(0.000001);
        assertThat(PrometheusText.parse(text()).value("skyhedge_b_usd_total")).isEqualTo(12.345678);
    }

    @Test
    void boundsTheNumberOfSeries() {
        var counter = new Counter();

        for (int i = 0; i < Counter.MAX_SERIES + 5; i++) {
            counter.increment(Labels.of("x", "" + i));
        }

        assertThat(counter.values()).hasSize(Counter.MAX_SERIES + 1).containsEntry(Labels.of("overflow", "true"), 5L);
    }
}
