package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    void saysInItsTitleWhatWasComparedAndNotHowItWentForOne() {
        assertThat(paper())
                .contains("<h1>chat on the market synthetic:independent,zones=3,days=3: 2 policies in 2 windows</h1>");
    }

    @Test
    void comparesPoliciesWindowByWindow() {
        var column = column(List.of(List.of(3.0, 5.0), List.of(1.0, 1.0)), 1);

        assertThat(PairedDifferences.of(column, 0, 1)).isEqualTo(new ConfidenceInterval(3, 12.706));
        assertThat(paper()).contains("<h2>Differences from spothedge_artifact</h2>");
        // Nobody to compare with.
        assertThat(events()).doesNotContain("Differences from");
    }

    @Test
    void countsInWholeNumbersWhereThereIsOneWindow() {
        assertThat(column(List.of(List.of(58.0)), 1).mean(0)).isEqualTo("58");
        assertThat(column(List.of(List.of(58.0, 59.0)), 1).mean(0)).isEqualTo("58.5");
    }

    @Test
    void saysWhereAPercentileIsOfWhatWasNotAnswered() {
        assertThat(MeanLatency.isFailure(0.99, List.of(0.0, 0.02))).isTrue();
        assertThat(MeanLatency.isFailure(0.9, List.of(0.0, 0.02))).isFalse();
        assertThat(new Showing.Column("P99 s", "", 2, -1, Optional.empty(), List.of(List.of(100.0)), List.of(true))
                        .mean(0))
                .isEqualTo("≥ 100.00");
    }

    @Test
    void hasTheFiguresOfEachWindowToTakeAway() {
        assertThat(paper())
                .contains("window,policy,all ready %,capacity %,outage %,cost %,preemptions,")
                .containsPattern("\nfrom tick 100,skyhedge,[0-9.]+,")
                .containsPattern("\nfrom tick 900,spothedge_artifact,[0-9.]+,");
    }

    @Test
    void callsTheReferenceByOneName() {
        assertThat(paper()).doesNotContain("SpotHedge");
    }

    private static Showing.Column column(List<List<Double>> values, int decimals) {
        return new Showing.Column("preemptions", "", decimals, 0, Optional.empty(), values);
    }

    @Test
    void tellsTheIntervalOfAMean() {
        // Two values, one degree of freedom: 12.706 standard errors, which are half of their distance.
        assertThat(ConfidenceInterval.of(List.of(1.0, 3.0))).isEqualTo(new ConfidenceInterval(2, 12.706));
    }
}
