package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    @TempDir
    private Path directory;

    @Test
    void needsNothingFromElsewhere() throws IOException {
        String page = ReportPage.of(Comparisons.small(directory));
        String elements = page.replaceAll("(?s)<script>.*?</script>", "");

        assertThat(elements).doesNotContain("src=", "href=", "@import", "url(");
        // What a script might try, the browser refuses.
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void isTheSameForTheSameComparison() throws IOException {
        assertThat(ReportPage.of(Comparisons.small(directory))).isEqualTo(ReportPage.of(Comparisons.small(directory)));
    }

    @Test
    void fillsEverySlot() throws IOException {
        assertThat(ReportPage.of(Comparisons.small(directory))).doesNotContain("{{");
    }

    @Test
    void showsNamesAsTheyAreWritten() throws IOException {
        String page = ReportPage.of(Comparisons.named("</script><b>", Comparisons.small(directory)));

        assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;");
    }

    @Test
    void tellsTheIntervalOfAMean() {
        // Two values, one degree of freedom: 12.706 standard errors, which are half of their distance.
        assertThat(ConfidenceInterval.of(List.of(1.0, 3.0))).isEqualTo(new ConfidenceInterval(2, 12.706));
    }
}
