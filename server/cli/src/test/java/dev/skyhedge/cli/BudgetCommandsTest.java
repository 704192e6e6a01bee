package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BudgetCommandsTest extends ShellFixture {
    private void budget(String usdPerDay) {
        shell.write("chat.hcl", SpecTexts.CHAT + "\nbudget {\n  usd_per_day = " + usdPerDay + "\n}\n");
    }

    private JsonNode standing() throws IOException {
        Shell.Result plan = shell.run("plan", "chat.hcl", "-out", "saved");
        assertThat(plan.code()).as(plan.both()).isZero();
        return new ObjectMapper()
                .readTree(shell.run("show", "-json", "saved").out())
                .path("skyhedge")
                .path("budget");
    }

    @Test
    void aPlanSaysHowTheBudgetStandsAndKeepsItWhenItIsSaved() throws IOException {
        budget("1000");

        assertThat(shell.run("plan", "chat.hcl").out()).contains("of $1000.00 spent since midnight UTC");
        assertThat(standing().path("given_up").textValue()).isEmpty();
    }

    @Test
    void whatWasSpentBeforeCountsInTheNextPlan() throws IOException {
        budget("1000");
        assertThat(standing().path("usd_spent_today").doubleValue()).isZero();
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();

        assertThat(standing().path("usd_spent_today").doubleValue()).isPositive();
    }

    @Test
    void whatCannotBePaidIsNotRented() throws IOException {
        budget("0.01");

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.out()).contains("Too little is left to keep anything").doesNotContain("chat-1");
    }
}
