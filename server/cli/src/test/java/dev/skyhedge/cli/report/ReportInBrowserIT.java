package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser: what it has drawn once all scripts have run.
class ReportInBrowserIT {
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void drawsEveryChart() throws IOException, InterruptedException {
        String drawn = open(ReportPage.of(Comparisons.small(directory)));

        assertThat(drawn).contains("data-drawn=\"yes\"");
        assertThat(drawn.split("<svg", -1)).as("charts").hasSize(5);
        assertThat(drawn.split("class=\"policy\"", -1))
                .as("points, one for each policy")
                .hasSize(3);
        assertThat(drawn.split("class=\"ready\"", -1))
                .as("layers, three zones and on-demand")
                .hasSize(5);
        assertThat(drawn.split("class=\"spending\"", -1))
                .as("two policies, on-demand, the bound")
                .hasSize(5);
        assertThat(drawn.split("class=\"row\"", -1)).as("latencies").hasSize(3);
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
