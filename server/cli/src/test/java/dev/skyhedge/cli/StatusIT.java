package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A status that is shown again and again.
class StatusIT extends ShellFixture {
    @Test
    void waitsForAStateWithoutMakingOneAndShowsItOnceItIsThere() throws IOException, InterruptedException {
        try (var status = Background.start(directory, false, "status", "-watch")) {
            status.awaitText("No services");
            assertThat(shell.state()).doesNotExist();

            assertThat(shell.run("apply", "-auto-approve", "chat.hcl").code()).isZero();

            status.awaitText("chat-1");
            status.signal("TERM");
            assertThat(status.awaitExit()).isZero();
        }
    }
}
