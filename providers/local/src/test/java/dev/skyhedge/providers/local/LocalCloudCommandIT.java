package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is typed after `local-cloud`: a name that it does not know is never a success.
class LocalCloudCommandIT {
    @TempDir
    Path directory;

    @AfterEach
    void stopCloud() throws IOException {
        new LocalCloud(directory).stop();
    }

    @Test
    void refusesNamesThatItDoesNotKnow() throws Exception {
        var provider = Box.open(directory);
        Box.done(provider.observe(Box.LINEAGE));

        assertRefused("No instance \"nosuch\" is live", "preempt", "nosuch");
        assertRefused("There is no zone local/no/where", "preempt", "local/no/where");
        assertRefused("whole number of seconds", "preempt", "nosuch", "soon");
        assertRefused("whole number of seconds", "preempt", "nosuch", "-5");
        assertRefused("matches no location of this cloud", "outage", "local/nowhere/*", "on");
        assertRefused("on or off", "outage", "local/*/*", "maybe");
        assertRefused("Not a command", "status", "nosuch");
        assertRefused("Not a command", "nosuch");
        assertRefused("Not a command", "preempt");
        provider.close();
    }

    private void assertRefused(String answer, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();

        int code = new LocalCloudCommand().run(List.of(words), directory, new PrintWriter(out), new PrintWriter(err));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("Error: ").contains(answer);
        assertThat(out.toString()).isEmpty();
    }
}
