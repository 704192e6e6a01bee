package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each of them simulates twenty days, which a busy machine takes its time for.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlanForecastTest extends ShellFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void sumsUpTheNextDayAndSaysWhatThatRestsOn() {
        Shell.Result result = shell.run("plan", "chat.hcl", "-forecast");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out())
                .containsPattern(
                        "Forecast for the next 24 h \\(20 simulated days\\): \\$[0-9.]+ \\(\\$[0-9.]+ to \\$[0-9.]+\\)")
                .containsPattern("all 2 ready [0-9.]+ % of the time")
                .contains("all on-demand would be $38.40.")
                .contains("this state has seen nothing of the 2 spot zones yet");
        assertThat(result.err()).isEmpty();
        assertThat(cloud.everRented()).isEmpty();
    }

    @Test
    void learnsFromWhatTheStateHasSeen() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();

        Shell.Result result = shell.run("plan", "chat.hcl", "-forecast");

        assertThat(result.out())
                .contains("No changes.")
                .containsPattern("It rests on 0 losses in [0-9a-z]+ of replicas held in [12] of 2 spot zones")
                .contains("From launch to ready it takes");
    }

    @Test
    void isAnObjectForScripts() throws IOException {
        Shell.Result result = shell.run("plan", "chat.hcl", "-forecast", "-json");

        String line = result.out()
                .lines()
                .filter(one -> one.contains("\"type\":\"forecast\""))
                .findFirst()
                .orElseThrow();
        JsonNode chat = JSON.readTree(line).path("forecast").path("services").path(0);
        assertThat(chat.path("service").asText()).isEqualTo("chat");
        assertThat(chat.path("simulated_days").asInt()).isEqualTo(20);
        assertThat(chat.path("usd").path("mean").asDouble()).isPositive();
        assertThat(chat.path("usd").path("p10").asDouble())
                .isLessThanOrEqualTo(chat.path("usd").path("p90").asDouble());
        assertThat(chat.path("full_availability").path("mean").asDouble()).isBetween(0.0, 1.0);
        assertThat(chat.path("basis").path("zones").asInt()).isEqualTo(2);
    }

    @Test
    void aPlanIsGoodWithoutOne() {
        shell.write("chat.hcl", SpecTexts.CHAT.replace("min_replicas = 2", "min_replicas = 0"));

        Shell.Result result = shell.run("plan", "chat.hcl", "-forecast");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("No forecast");
    }
}
