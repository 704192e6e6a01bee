package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.status.WatchLines;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchLinesGoldenTest {
    private static String screen(int columns) {
        Display display = new Display(columns, false);
        return WatchLines.note(Samples.T0, "Admin endpoint: http://127.0.0.1:7070", display)
                + line("chat", Lifecycle.REQUESTED, Samples.VIRGINIA, "cheapest zone, none of ours in region", display)
                + line("chat", Lifecycle.PROVISIONING, Samples.IOWA, "instance i-000001 is being set up", display)
                + line("chat", Lifecycle.READY, Samples.STAND_IN, "", display)
                + line(
                        "embeddings-of-the-long-name",
                        Lifecycle.FAILED,
                        Samples.IOWA,
                        "probes have failed for 3m (GET /health answered 503: the model is still being loaded)",
                        display)
                + WatchLines.note(
                        Samples.T0,
                        "From a notice or death to the launch of the replacement: none happened.\n"
                                + "From a death to the last request sent to the dead: none happened, and nobody asked.",
                        display);
    }

    private static String line(String service, Lifecycle lifecycle, Offer offer, String reason, Display display) {
        return WatchLines.transition(Samples.T0, Samples.replica(service, 1, lifecycle, offer, reason), display);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 140})
    void keepsToTheWidthOfTheTerminal(int columns) {
        Golden.check("watch-" + columns + ".txt", screen(columns));
    }

    @Test
    void noLineIsLongerThanTheTerminalIsWide() {
        for (int columns = 80; columns < 200; columns++) {
            int most = columns;

            assertThat(screen(columns).lines()).allMatch(line -> line.length() <= most);
        }
    }

    @Test
    void aFileGetsALineForEachThing() {
        assertThat(screen(Integer.MAX_VALUE)
                        .lines()
                        .map(line -> line.substring(0, 4))
                        .filter("2026"::equals))
                .hasSize(6);
    }

    @Test
    void colourChangesNothingElse() {
        var failed = Samples.replica("chat", 1, Lifecycle.FAILED, Samples.IOWA, "exited");

        String coloured = WatchLines.transition(Samples.T0, failed, new Display(80, true));

        assertThat(coloured).contains("\u001b[31mFAILED");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(WatchLines.transition(Samples.T0, failed, new Display(80, false)));
    }

    @Test
    void whatAMachineSaysMovesNoCursor() {
        String text = WatchLines.note(Samples.T0, "a \u001b[2J", Display.PLAIN)
                + line("chat", Lifecycle.FAILED, Samples.IOWA, "b \u001b[2J", Display.PLAIN);

        assertThat(Stream.of(text).filter(all -> all.contains("\u001b"))).isEmpty();
    }
}
