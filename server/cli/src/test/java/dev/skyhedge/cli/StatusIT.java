package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    @Test
    void looksAgainWhereWhoeverHasTheStateDoesNotAnswer() throws IOException, InterruptedException {
        assertThat(shell.run("apply", "-auto-approve", "chat.hcl").code()).isZero();
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(shell.state(), elsewhere);
        try (var status = Background.start(directory, false, "status", "-watch")) {
            status.awaitText("No services");

            Files.createDirectory(shell.state());
            Path lock = shell.state().resolve("state.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Files.copy(elsewhere.resolve("state.mv.db"), shell.state().resolve("state.mv.db"));
                status.awaitText("State is locked, looking again.");
                assertThat(held.isValid()).isTrue();
            }

            status.awaitText("chat-1");
        }
    }
}
