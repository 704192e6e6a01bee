package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    @Test
    void mergesFamiliesThatSeveralTextsHave() {
        String chat = """
                # HELP a_total A.
                # TYPE a_total counter
                a_total{service="chat"} 1
                # HELP b B.
                # TYPE b gauge
                b{service="chat"} 2
                """;
        String code = chat.replace("chat", "code");

        String merged = Exposition.merge(List.of(chat, code));

        assertThat(merged).isEqualTo("""
                # HELP a_total A.
                # TYPE a_total counter
                a_total{service="chat"} 1
                a_total{service="code"} 1
                # HELP b B.
                # TYPE b gauge
                b{service="chat"} 2
                b{service="code"} 2
                """);
        PrometheusText.parse(merged);
    }

    @Test
    void mergesNothingToNothing() {
        assertThat(Exposition.merge(List.of())).isEmpty();
    }

    @Test
    void escapesLabelsAndHelp() {
        var text = new Exposition();

        text.gauge("a", "one\\two\nthree", Map.of(Labels.of("x", "\\ \" \n", "y", "é"), 1));

        assertThat(text).hasToString("""
                # HELP skyhedge_a one\\\\two\\nthree
                # TYPE skyhedge_a gauge
                skyhedge_a{x="\\\\ \\" \\n",y="é"} 1
                """);
    }

    @Test
    void writesMoneyAndSecondsWithoutExponents() {
        var text = new Exposition();

        text.dollars("a_usd_total", "A.", Map.of(Labels.NONE, 1L));
        text.dollars("b_usd_total", "B.", Map.of(Labels.NONE, 12_000_000L));

        assertThat(text.toString()).contains("skyhedge_a_usd_total 0.000001\n", "skyhedge_b_usd_total 12.0\n");
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
