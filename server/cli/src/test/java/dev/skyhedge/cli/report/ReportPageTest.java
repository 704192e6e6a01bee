package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    @TempDir
    private static Path directory;

    private static Comparison paper;
    private static EventComparison events;

    @BeforeAll
    static void simulate() throws IOException {
        paper = Comparisons.small(directory);
        events = Comparisons.events(directory);
    }

    private static String paper() {
        return page(paper);
    }

    private static String page(Comparison comparison) {
        return ReportPage.of(comparison, PaperLatencies.of(comparison));
    }

    private static String events() {
        return ReportPage.of(events);
    }

    @Test
    void needsNothingFromElsewhere() {
        for (String page : List.of(paper(), events())) {
            String elements = page.replaceAll("(?s)<script>.*?</script>", "");

            assertThat(elements).doesNotContain("src=", "href=", "@import", "url(");
            // What a script might try, the browser refuses.
            assertThat(page).contains("default-src 'none'");
        }
    }

    @Test
    void isTheSameForTheSameComparison() throws IOException {
        assertThat(page(Comparisons.small(directory))).isEqualTo(paper());
        assertThat(ReportPage.of(Comparisons.events(directory))).isEqualTo(events());
    }

    @Test
    void fillsEverySlot() {
        assertThat(paper()).doesNotContain("{{");
        assertThat(events()).doesNotContain("{{");
    }

    @Test
    void showsNamesAsTheyAreWritten() {
        String page = page(Comparisons.named("</script><b>", paper));

        assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;");
    }

    @Test
    void bothProtocolsTellReplicasAndRequests() {
        assertThat(paper()).contains(">all ready %<", ">outage %<", ">cost %<", ">P99 s<", ">answered %<", ">bound<");
        assertThat(events())
                .contains(">all ready %<", ">$/day<", ">P50 s<", ">P90 s<", ">P99 s<", ">answered %<", ">lost once<")
                .contains("±");
    }

    @Test
    void tellsTheIntervalOfAMean() {
        // Two values, one degree of freedom: 12.706 standard errors, which are half of their distance.
        assertThat(ConfidenceInterval.of(List.of(1.0, 3.0))).isEqualTo(new ConfidenceInterval(2, 12.706));
    }
}
