package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhyCommandsTest extends ShellFixture {
    @BeforeEach
    void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void tellsWhyAReplicaWasLaunchedAndWhatElseThereWas() throws IOException {
        assertThat(shell.run("why", "chat-1").out())
                .contains("chat-1 was launched at", "the planner decides the same", "chosen");

        JsonNode told = json(shell.run("why", "service.chat/chat-1", "-json").out());
        assertThat(told.path("derived_again").booleanValue()).isTrue();
        assertThat(told.path("actions").findValuesAsText("action")).containsExactly("launch");
        assertThat(told.path("alternatives").findValuesAsText("usd_per_hour"))
                .isSortedAccordingTo(Comparator.comparing(Double::valueOf));
        assertThat(told.path("alternatives").findValuesAsText("standing")).contains("chosen");
    }

    @Test
    void tellsTheEndOfAReplicaAndWithASerialItsLaunch() throws IOException {
        long launched =
                json(shell.run("why", "chat-2", "-json").out()).path("serial").longValue();
        shell.write("chat.hcl", SpecTexts.CHAT.replace("min_replicas = 2", "min_replicas = 1"));
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();

        assertThat(shell.run("why", "chat-2").out()).containsPattern("chat-2 was (drained|ended): ");
        assertThat(shell.run("why", "chat-2", "-at", String.valueOf(launched)).out())
                .contains("chat-2 was launched at", "led to serial " + launched);
    }

    @Test
    void tellsWhyNothingWasLaunchedAndWhatWouldHaveTurnedIt() throws IOException {
        JsonNode told = json(shell.run("why-not", "on_demand", "-json").out());

        assertThat(told.path("services")).singleElement().satisfies(chat -> {
            assertThat(chat.path("launched").booleanValue()).isFalse();
            assertThat(chat.path("alternatives")).isNotEmpty();
        });
        assertThat(shell.run("why-not", "on_demand").out())
                .contains("would have been launched if the placement were \"on_demand\"");
        assertThat(shell.run("why-not", "simulated").out()).contains("service.chat: launched at");
    }

    @Test
    void namesWhatIsNearWhenNothingIsMeant() {
        assertThat(shell.run("why", "chatt-1").code()).isEqualTo(ExitCode.FAILED);
        assertThat(shell.run("why", "chatt-1").err()).contains("Nothing to match chatt-1", "Did you mean \"chat-1\"?");
        assertThat(shell.run("why", "service.chat").err()).contains("service.chat is a service", "chat-1, chat-2");
        assertThat(shell.run("why", "chat-1", "-at", "0").err())
                .contains("No decision about chat-1 is kept up to serial 0", "The newest decision");
        assertThat(shell.run("why-not", "mars").err())
                .contains("Nothing was offered there: mars", "spot and on_demand");
        assertThat(shell.run("why-not", "a/b/c/d").err()).contains("Invalid LOCATION|MARKET");
    }
}
