package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.time.InstantSource;
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
            Shell.Result result = shell.run("state", "rm", "chat-1", "-auto-approve");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("The state is locked")
                    .contains("`skyhedge watch`")
                    .contains("`skyhedge apply`, `destroy`, `replica`, `service` and `zone` tell it what to do")
                    .contains("skyhedge force-unlock " + store.epoch());
            assertThat(shell.run("force-unlock", "999").code()).isEqualTo(1);
            Shell.Result refused = shell.run("force-unlock", String.valueOf(store.epoch()));
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("is alive")
                    .contains("`skyhedge watch`")
                    .contains("-force");
            Shell.Result forced = shell.run("force-unlock", String.valueOf(store.epoch()), "-force");
            assertThat(forced.code()).isZero();
            assertThat(forced.out()).contains("takes the next lease");
        }
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    @Test
    void completeIsNotServedAndSaysSo() {
        Shell.Result first = shell.run("apply", "chat.hcl", "-auto-approve");
        Shell.Result again = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(first.out()).contains("Nobody replaces what is lost").contains("skyhedge watch");
        assertThat(again.out()).contains("Nobody replaces what is lost");
        assertThat(shell.run("status").out()).contains("Nobody watches");
        assertThat(shell.run("status", "-json").out()).contains("\"watcher\" : null");
    }

    @Test
    void statusNamesWhoeverWatches() {
        shell.run("apply", "chat.hcl", "-auto-approve");
        try (var store = new StateHolder(shell.state())) {
            assertThat(store.epoch()).isPositive();
            assertThat(shell.run("status").out()).contains("Watched by `skyhedge watch`, process ");
            assertThat(shell.run("status", "-json").out()).contains("\"seen\" : true");
        }
    }

    @Test
    void destroyOfNothingSaysSo() {
        Shell.Result result = shell.run("destroy", "chat.hcl", "-auto-approve");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Nothing to destroy").doesNotContain("match the spec");
        assertThat(shell.run("plan", "chat.hcl", "-destroy").out()).contains("Nothing to destroy");
    }

    @Test
    void aProtectedServiceIsNamedOnce() {
        shell.write("safe.hcl", SpecTexts.CHAT.replace("  scaling", "  protect = true\n\n  scaling"));
        shell.run("apply", "safe.hcl", "-auto-approve");

        Shell.Result result = shell.run("destroy", "safe.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.both()).containsOnlyOnce("Service is protected");
    }

    @Test
    void theTimeLimitIsNamedAndNothingWasInterrupted() {
        cloud.answer(503);

        Shell.Result result = shell.run("apply", "chat.hcl", "-auto-approve", "-timeout=1s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("Time limit reached").contains("1s").doesNotContain("Interrupted");
    }

    @Test
    void aSavedPlanNotesWhatOnDemandWouldHaveCost() {
        shell.run("plan", "chat.hcl", "-out=" + shell.file("today.plan"));

        Shell.Result applied = shell.run("apply", "today.plan");

        assertThat(applied.code()).as(applied.both()).isZero();
        var opened = States.open(new StateLocation.Directory(shell.state()), InstantSource.system());
        try (StateStore store = ((OpenResult.Opened) opened).store()) {
            assertThat(store.spend("chat")).anyMatch(entry -> entry.kind() == SpendEntry.Kind.ALL_ON_DEMAND);
        }
    }

    @Test
    void anOutputThatIsKnownOnlyLaterIsNoText() {
        shell.write("later.hcl", SpecTexts.CHAT + "output \"ready\" {\n  value = service.chat.ready_replicas\n}\n");

        assertThat(shell.run("output", "later.hcl").out()).contains("ready = (known after apply)");
        assertThat(shell.run("output", "later.hcl", "-json").out()).contains("\"known\" : false");
        assertThat(shell.run("output", "later.hcl", "ready").err()).contains("is not known yet");

        shell.run("apply", "later.hcl", "-auto-approve");

        assertThat(shell.run("output", "later.hcl", "ready").out()).isEqualTo("2\n");
    }
}
