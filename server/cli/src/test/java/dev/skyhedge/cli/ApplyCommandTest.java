package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplyCommandTest extends ShellFixture {
    @Test
    void appliesWhenToldYes() {
        Shell.Result result = shell.answering("yes\n", "apply", "chat.hcl");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("Apply complete! Replicas: 2 launched, 0 replaced, 0 terminated.");
        assertThat(cloud.live()).hasSize(2);
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").out()).contains("No changes.");
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void takesNothingButYesForConsent() {
        for (String answer : new String[] {"y\n", "YES\n", "no\n", "\n", ""}) {
            Shell.Result result = shell.answering(answer, "apply", "chat.hcl");

            assertThat(result.code()).as(answer).isEqualTo(1);
            assertThat(cloud.everRented()).isEmpty();
        }
    }

    @Test
    void refusesToGuessWhenNobodyIsThere() {
        Shell.Result result = shell.run("apply", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("Nobody is here to approve").contains("-auto-approve");
        assertThat(cloud.everRented()).isEmpty();
    }

    @Test
    void destroyWantsTheNameOfWhatServes() {
        shell.run("apply", "chat.hcl", "-auto-approve");

        Shell.Result yes = shell.answering("yes\n", "destroy", "chat.hcl");
        assertThat(yes.code()).isEqualTo(1);
        assertThat(cloud.live()).hasSize(2);

        Shell.Result named = shell.answering("chat\n", "destroy", "chat.hcl");
        assertThat(named.code()).as(named.both()).isZero();
        assertThat(cloud.live()).isEmpty();
        assertThat(shell.run("state", "list").out()).doesNotContain("chat");
    }

    @Test
    void jsonIsOneObjectALine() {
        Shell.Result result = shell.run("apply", "chat.hcl", "-auto-approve", "-json");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(result.out()).contains("apply_complete").contains("change_summary");
    }

    @Test
    void replicaThatAnswersAnErrorIsReplacedAndExplained() {
        cloud.answer(500);
        shell.write("chat.hcl", SpecTexts.CHAT.replace("20s", "2s").replace("\"1s\"", "\"500ms\""));

        Shell.Result result = shell.run("apply", "chat.hcl", "-auto-approve", "-timeout=6s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.both()).contains("500");
        assertThat(shell.run("status", "-all").out()).contains("500");
        assertThat(cloud.everRented().size()).isGreaterThan(2).isLessThan(12);
    }

    @Test
    void halfDoneApplyIsFinishedByTheNext() {
        cloud.answer(503);
        Shell.Result first = shell.run("apply", "chat.hcl", "-auto-approve", "-timeout=1s");
        cloud.answer(200);

        Shell.Result second = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(first.code()).isEqualTo(1);
        assertThat(second.code()).as(second.both()).isZero();
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void lockedStateNamesItsHolder() {
        shell.run("apply", "chat.hcl", "-auto-approve");
        try (var store = new StateHolder(shell.state())) {
            Shell.Result result = shell.run("apply", "chat.hcl", "-replace=chat-1", "-auto-approve");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("The state is locked")
                    .contains("`skyhedge watch`")
                    .contains("skyhedge force-unlock " + store.epoch());
            assertThat(shell.run("force-unlock", "999").code()).isEqualTo(1);
            assertThat(shell.run("force-unlock", String.valueOf(store.epoch())).code())
                    .isZero();
        }
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }
}
