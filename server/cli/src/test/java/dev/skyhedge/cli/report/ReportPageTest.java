package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    @TempDir
    private Path directory;

    private String paper() throws IOException {
        return page(Comparisons.small(directory));
    }

    private static String page(Comparison comparison) {
        return ReportPage.of(comparison, PaperLatencies.of(comparison));
    }

    private String events() throws IOException {
        return ReportPage.of(Comparisons.events(directory));
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        for (String page : List.of(paper(), events())) {
            String elements = page.replaceAll("(?s)<script>.*?</script>", "");

            assertThat(elements).doesNotContain("src=", "href=", "@import", "url(");
            // What a script might try, the browser refuses.
            assertThat(page).contains("default-src 'none'");
        }
    }

    @Test
    void isTheSameForTheSameComparison() throws IOException {
        assertThat(paper()).isEqualTo(paper());
        assertThat(events()).isEqualTo(events());
    }

    @Test
    void fillsEverySlot() throws IOException {
        assertThat(paper()).doesNotContain("{{");
        assertThat(events()).doesNotContain("{{");
    }

    @Test
    void showsNamesAsTheyAreWritten() throws IOException {
        String page = page(Comparisons.named("</script><b>", Comparisons.small(directory)));

        assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;");
    }

    @Test
    void bothProtocolsTellReplicasAndRequests() throws IOException {
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
