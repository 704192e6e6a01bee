package dev.skyhedge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private final StringWriter shown = new StringWriter();

    private RunProgress on(boolean interactive) {
        var out = new PrintWriter(shown);
        return new RunProgress(
                new Terminal(out, out, new BufferedReader(Reader.nullReader()), interactive, false, 80),
                20,
                "simulated days");
    }

    @Test
    void isThereBeforeTheFirstIsOver() {
        on(true).begin();

        assertThat(shown).hasToString("\r0 of 20 simulated days ");
    }

    @Test
    void countsAndGoesAway() {
        RunProgress progress = on(true);
        progress.begin();
        progress.next();
        progress.end();

        assertThat(shown.toString()).contains("\r1 of 20 simulated days ").endsWith("\r\033[K");
    }

    @Test
    void isForTerminalsOnly() {
        RunProgress progress = on(false);
        progress.begin();
        progress.next();
        progress.end();

        assertThat(shown.toString()).isEmpty();
    }
}
