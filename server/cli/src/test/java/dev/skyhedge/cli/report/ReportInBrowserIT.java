package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser: what it has drawn once all scripts have run.
class ReportInBrowserIT {
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final long PATIENCE_SECONDS = 100;
    private static final Pattern NAME = Pattern.compile(
            "<text class=\"name halo[^\"]*\" text-anchor=\"(\\w+)\" x=\"([0-9.]+)\" y=\"([0-9.]+)\">([^<]+)<");
    private static final Pattern MARK =
            Pattern.compile("class=\"dot\" transform=\"translate\\(([0-9.]+), ?([0-9.]+)\\)\"");
    private static final Pattern FIGURE = Pattern.compile("(?s)<figure id=\"(\\w+)\".*?</figure>");

    @TempDir
    private Path directory;

    @Test
    void drawsWhatThePapersProtocolFound() throws IOException, InterruptedException {
        Comparison comparison = Comparisons.small(directory);

        drawsEveryFigure(open(ReportPage.of(comparison, PaperLatencies.of(comparison))));
    }

    @Test
    void drawsWhatEventsFound() throws IOException, InterruptedException {
        drawsEveryFigure(open(ReportPage.of(Comparisons.events(directory))));
    }

    @Test
    void noNameLiesUnderTheMarkOfAnother() throws IOException, InterruptedException {
        Comparison crowded = Comparisons.crowded(Comparisons.small(directory));

        String drawn = open(ReportPage.of(crowded, PaperLatencies.of(crowded)));

        String chart = drawn.substring(drawn.indexOf("id=\"comparison\""), drawn.indexOf("id=\"timeline\""));
        List<Box> names = NAME.matcher(chart)
                .results()
                .map(name -> Box.ofName(name.group(1), number(name, 2), number(name, 3), name.group(4)))
                .toList();
        List<Box> marks = MARK.matcher(chart)
                .results()
                .map(mark -> Box.ofMark(number(mark, 1), number(mark, 2)))
                .toList();
        assertThat(names).hasSize(8);
        assertThat(marks).hasSize(8);
        assertThat(names).allSatisfy(name -> assertThat(marks).noneMatch(name::touches));
        assertThat(names)
                .allSatisfy(name -> assertThat(names).noneMatch(other -> other != name && name.touches(other)));
        assertThat(chart.lastIndexOf("class=\"dot\"")).isLessThan(chart.indexOf("class=\"name halo"));
    }

    private static double number(MatchResult found, int group) {
        return Double.parseDouble(found.group(group));
    }

    /// About what is drawn there.
    private record Box(double left, double right, double top, double bottom) {
        static Box ofName(String anchor, double x, double y, String name) {
            double wide = 6.5 * name.length();
            double left = anchor.equals("end") ? x - wide : x;
            return new Box(left, left + wide, y - 9, y + 2);
        }

        static Box ofMark(double x, double y) {
            return new Box(x - 7, x + 7, y - 7, y + 7);
        }

        boolean touches(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private static void drawsEveryFigure(String drawn) {
        assertThat(drawn).contains("data-drawn=\"yes\"");
        assertThat(FIGURE.matcher(drawn).results().toList())
                .hasSize(5)
                .allSatisfy(figure -> assertThat(figure.group()).contains("<svg"));
        assertThat(drawn).contains("class=\"ready\"", "class=\"spending\"");
        assertThat(drawn).doesNotContain("NaN").doesNotContain("undefined");
    }

    /// The page's elements as the browser has them in the end.
    private String open(String page) throws IOException, InterruptedException {
        Path browser = CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElse(Path.of(""));
        assumeTrue(Files.isExecutable(browser), "Chromium is not installed");
        Path file = Files.writeString(directory.resolve("report.html"), page);
        Path dom = directory.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        file.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the browser has ended")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String text = Files.readString(dom);
        // What is drawn, without the scripts that draw it.
        return text.replaceAll("(?s)<script.*?</script>", "");
    }
}
