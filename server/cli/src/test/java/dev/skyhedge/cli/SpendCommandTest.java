package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpendCommandTest extends ShellFixture {
    @BeforeEach
    void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    @Test
    void saysWhatForItWasSpent() {
        assertThat(shell.run("spend").out())
                .containsSubsequence("USE", "MACHINE TIME", "SPENT", "total", "at the prices that the clouds said");
        assertThat(shell.run("spend", "-by=service,market").out()).containsSubsequence("SERVICE", "MARKET", "chat");
    }

    @Test
    void sumsAddUpToWhatWasSpent() throws IOException {
        shell.run("destroy", "-auto-approve");
        JsonNode spend = new ObjectMapper().readTree(shell.run("spend", "-json").out());
        double sum = 0;
        for (JsonNode one : spend.path("sums")) {
            sum += one.path("spent_usd").asDouble();
        }

        assertThat(spend.path("spent_usd").asDouble()).isPositive().isCloseTo(sum, Offset.offset(1e-9));
    }

    @Test
    void isWrittenInTheColumnsOfFocus() {
        assertThat(shell.run("spend", "-focus").out().lines())
                .hasSizeGreaterThan(1)
                .first()
                .asString()
                .startsWith("AvailabilityZone,BilledCost,")
                .contains(",Tags,x_Accelerator,");
    }

    @Test
    void ofAServiceThatNobodyKnowsNothingWasSpent() {
        assertThat(shell.run("spend", "other").out()).isEqualTo("Nothing was spent.\n");
        assertThat(shell.run("spend", "service.chat", "-by=service").out()).contains("chat");
    }

    @Test
    void twoFormatsAtOnceAndUnknownWordsAreRefused() {
        assertThat(shell.run("spend", "-json", "-focus").code()).isEqualTo(ExitCode.FAILED);
        assertThat(shell.run("spend", "-by=colour").code()).isEqualTo(ExitCode.USAGE);
    }
}
