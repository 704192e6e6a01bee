package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventsCommandTest extends ShellFixture {
    private void loseAReplica() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        cloud.cloud().exit(cloud.live().getFirst().instanceId(), "exited with code 3");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    @Test
    void showsWhatHappenedOldestFirst() {
        loseAReplica();

        assertThat(shell.run("events").out())
                .containsSubsequence("service_changed", "2 wanted", "failed", "exited with code 3")
                .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ  .*");
    }

    @Test
    void writesOneObjectALine() throws IOException {
        loseAReplica();

        for (String line : shell.run("events", "-json").out().lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.fieldNames()).toIterable().containsExactly("at", "service", "replica", "kind", "message");
        }
        assertThat(shell.run("events", "-json").out()).contains("\"kind\":\"failed\"");
    }

    @Test
    void showsThoseOfAServiceOfATimeOrSoMany() {
        loseAReplica();

        assertThat(shell.run("events", "service.chat").out())
                .isEqualTo(shell.run("events", "chat").out());
        assertThat(shell.run("events", "other").out()).isEqualTo("No events.\n");
        assertThat(shell.run("events", "-since=1h").out()).contains("exited with code 3");
        assertThat(shell.run("events", "-since=1ns").out()).isEqualTo("No events.\n");
        assertThat(shell.run("events", "-limit=1", "-json").out().lines()).hasSize(1);
        assertThat(shell.run("events", "-since=soon").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysWhereItLookedIfThereIsNothing() {
        assertThat(shell.run("events").err()).contains("there is no state in");
        assertThat(shell.state()).doesNotExist();
    }
}
