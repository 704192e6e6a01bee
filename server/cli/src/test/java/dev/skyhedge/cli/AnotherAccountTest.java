package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.CloudAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Replicas run in one account, and then somebody comes with the credentials of another one.
class AnotherAccountTest extends ShellFixture {
    private static final CloudAccount FIRST = new CloudAccount("", "4711");
    private static final CloudAccount OTHER = new CloudAccount("http://127.0.0.1:5000", "4712");

    @BeforeEach
    void applyInTheFirst() {
        cloud.account(FIRST);
        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");
        assertThat(applied.code()).as(applied.both()).isZero();
    }

    /// A machine that shares the state has nothing beside it.
    private void goToAnotherMachine() throws IOException {
        Path beside = shell.state().resolve("providers");
        if (Files.exists(beside)) {
            try (Stream<Path> files = Files.walk(beside)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void anotherMachineWithTheSameStateIsRefused() throws IOException {
        goToAnotherMachine();
        cloud.account(OTHER);

        for (List<String> command : List.of(
                List.of("plan", "chat.hcl"),
                List.of("apply", "chat.hcl", "-auto-approve"),
                List.of("destroy", "chat.hcl", "-auto-approve"),
                List.of("watch", "chat.hcl", "-admin-port=0"))) {
            Shell.Result refused = shell.run(command.toArray(String[]::new));

            assertThat(refused.code()).as(refused.both()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("Provider \"simulated\" is another cloud than before")
                    .contains("run in 4711; now it would be 4712 at http://127.0.0.1:5000");
        }
        assertThat(cloud.live()).hasSize(2);
        cloud.account(FIRST);
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isZero();
    }

    @Test
    void savedPlanIsNotStaleBecauseOfWhatIsRemembered() {
        shell.run("destroy", "chat.hcl", "-auto-approve");
        cloud.account(OTHER);
        assertThat(shell.run("plan", "chat.hcl", "-out=" + shell.file("today.plan"))
                        .code())
                .isZero();

        Shell.Result applied = shell.run("apply", "today.plan");

        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void onceNothingRunsThereTheOtherIsUsed() {
        assertThat(shell.run("destroy", "chat.hcl", "-auto-approve").code()).isZero();
        cloud.account(OTHER);

        Shell.Result moved = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(moved.code()).as(moved.both()).isZero();
        cloud.account(FIRST);
        assertThat(shell.run("plan", "chat.hcl").err()).contains("is another cloud than before");
    }
}
