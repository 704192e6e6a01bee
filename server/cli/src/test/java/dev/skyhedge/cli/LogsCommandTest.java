package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.providers.simulated.Rental;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsCommandTest extends ShellFixture {
    @BeforeEach
    void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        cloud.live().forEach(rental -> {
            String name = rental.tags().replica();
            cloud.cloud().say(rental.instanceId(), name + " loads\n" + name + " serves\n");
        });
    }

    private String id(String replica) {
        return cloud.live().stream()
                .filter(rental -> rental.tags().replica().equals(replica))
                .map(Rental::instanceId)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aServiceIsAllItsReplicasEachLineBehindItsName() {
        String all = """
                chat-1 | chat-1 loads
                chat-1 | chat-1 serves
                chat-2 | chat-2 loads
                chat-2 | chat-2 serves
                """;

        assertThat(shell.run("logs", "chat").out()).isEqualTo(all);
        assertThat(shell.run("logs", "service.chat").out()).isEqualTo(all);
    }

    @Test
    void aReplicaMayBeNamedByItsAddress() {
        assertThat(shell.run("logs", "service.chat/chat-2").out()).isEqualTo("chat-2 loads\nchat-2 serves\n");
    }

    @Test
    void theTailIsTheLastLinesOfEach() {
        assertThat(shell.run("logs", "chat-1", "-tail=1").out()).isEqualTo("chat-1 serves\n");
        assertThat(shell.run("logs", "chat", "-tail=1").out())
                .isEqualTo("chat-1 | chat-1 serves\nchat-2 | chat-2 serves\n");
        assertThat(shell.run("logs", "chat", "-tail=0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void thePreviousOneIsTheInstanceWhosePlaceThePresentOneTook() {
        assertThat(shell.run("logs", "chat-1", "-previous").err()).contains("No previous generation");

        cloud.cloud().say(id("chat-1"), "fatal: out of memory\n");
        cloud.cloud().exit(id("chat-1"), "exited with code 3");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        cloud.cloud().say(id("chat-1"), "anew\n");

        assertThat(shell.run("logs", "chat-1").out()).isEqualTo("anew\n");
        assertThat(shell.run("logs", "chat-1", "-previous", "-tail=1").out()).isEqualTo("fatal: out of memory\n");
        assertThat(shell.run("logs", "chat", "-previous", "-tail=1").out())
                .isEqualTo("chat-1 | fatal: out of memory\n");
    }
}
