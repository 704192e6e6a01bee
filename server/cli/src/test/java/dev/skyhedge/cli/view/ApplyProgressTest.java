package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.progress.ApplyProgress;
import dev.skyhedge.cli.view.progress.ApplyTotals;
import dev.skyhedge.cli.view.progress.ProgressText;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.StateProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApplyProgressTest {
    private final ApplyProgress progress = new ApplyProgress();
    private Optional<ReplicaRecord> last = Optional.empty();

    private String move(ReplicaRecord after) {
        var events = progress.on(new Step.Transition(last, after));
        last = Optional.of(after);
        return events.stream().map(e -> ProgressText.render(e, Display.PLAIN)).collect(Collectors.joining());
    }

    private String to(Lifecycle next, int second, String why) {
        return move(last.orElseThrow().in(next, at(second), why));
    }

    private static Instant at(int second) {
        return Samples.T0.plusSeconds(second);
    }

    private String requested() {
        return move(Samples.replica("chat", 1, Lifecycle.REQUESTED, Samples.VIRGINIA, "cheapest zone"));
    }

    private String reminders(int second) {
        return ProgressText.renderReminders(progress.reminders(at(second)), Display.PLAIN);
    }

    @Test
    void followsACreation() {
        assertThat(requested()).isEqualTo("chat-1: Creating...\n");
        assertThat(move(last.orElseThrow().in(Lifecycle.PROVISIONING, at(2), "").onInstance("i-0a", Optional.empty())))
                .isEmpty();
        assertThat(reminders(9)).isEmpty();
        assertThat(reminders(12)).isEqualTo("chat-1: Still creating... [12s elapsed]\n");
        assertThat(reminders(19)).isEmpty();
        assertThat(to(Lifecycle.STARTING, 20, "")).isEmpty();
        assertThat(to(Lifecycle.READY, 42, "")).isEqualTo("chat-1: Creation complete after 42s [id=i-0a]\n");
        assertThat(reminders(60)).isEmpty();
        assertThat(progress.totals()).isEqualTo(new ApplyTotals(1, 0, 0));
    }

    @Test
    void followsADestruction() {
        move(Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""));
        assertThat(to(Lifecycle.DRAINING, 50, "more than needed")).isEqualTo("chat-1: Destroying... [id=i-01]\n");
        assertThat(to(Lifecycle.STOPPING, 52, "")).isEmpty();
        assertThat(to(Lifecycle.GONE, 53, "")).isEqualTo("chat-1: Destruction complete after 3s\n");
        assertThat(progress.totals()).isEqualTo(new ApplyTotals(0, 0, 1));
    }

    @Test
    void showsAFailureWithItsReasonAndLastLogLines() {
        requested();
        var failed = last.orElseThrow()
                .failing()
                .withLog("loading\nout of memory \u001b[31m")
                .in(Lifecycle.FAILED, at(7), "exited with code 1");

        assertThat(move(failed))
                .isEqualTo("chat-1: Creation failed after 7s: exited with code 1\n    | loading\n"
                        + "    | out of memory \ufffd[31m\n");
        assertThat(progress.totals()).isEqualTo(new ApplyTotals(0, 0, 0));
    }

    @Test
    void showsALogThatIsReadOnlyAfterTheFailure() {
        requested();
        to(Lifecycle.FAILED, 7, "exited");

        assertThat(move(last.orElseThrow().withLog("boom"))).isEqualTo("chat-1: Last lines of its log:\n    | boom\n");
    }

    @Test
    void tellsAPreemptionFromADestruction() {
        move(Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""));
        var noticed = last.orElseThrow().preemptedAt(at(80)).in(Lifecycle.DRAINING, at(50), "preemption notice");

        assertThat(move(noticed)).isEqualTo("chat-1: Preempted: preemption notice\nchat-1: Destroying... [id=i-01]\n");
        assertThat(to(Lifecycle.PREEMPTED, 55, "")).isEqualTo("chat-1: Destruction complete after 5s\n");
    }

    @Test
    void showsALossWithoutNotice() {
        move(Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""));

        assertThat(to(Lifecycle.PREEMPTED, 50, "taken back")).isEqualTo("chat-1: Preempted: taken back\n");
    }

    @Test
    void completesADestructionThatAnotherProcessBegan() {
        last = Optional.of(Samples.replica("chat", 1, Lifecycle.STOPPING, Samples.VIRGINIA, "no stand-in is needed")
                .in(Lifecycle.STOPPING, at(50), "no stand-in is needed"));

        assertThat(to(Lifecycle.GONE, 53, "no stand-in is needed"))
                .isEqualTo("chat-1: Destruction complete after 3s\n");
        assertThat(progress.totals()).isEqualTo(new ApplyTotals(0, 0, 1));
    }

    @Test
    void doesNotCallWhatSomebodyElseEndedAFailure() {
        move(Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""));

        assertThat(to(Lifecycle.GONE, 53, "ended outside of Skyhedge"))
                .isEqualTo("chat-1: Gone: ended outside of Skyhedge\n");
    }

    @Test
    void countsACreationAndADestructionOfOneServiceAsAReplacement() {
        requested();
        to(Lifecycle.READY, 5, "");
        move(Samples.replica("chat", 2, Lifecycle.READY, Samples.OREGON, ""));
        to(Lifecycle.DRAINING, 6, "");
        to(Lifecycle.GONE, 7, "");

        assertThat(progress.totals()).isEqualTo(new ApplyTotals(0, 1, 0));
    }

    @Test
    void aStandInThatCameAndWentInTheSameApplyReplacedNothing() {
        for (int number = 1; number <= 5; number++) {
            last = Optional.empty();
            move(Samples.replica("chat", number, Lifecycle.REQUESTED, Samples.VIRGINIA, ""));
            to(Lifecycle.READY, 5, "");
            if (number > 3) {
                to(Lifecycle.DRAINING, 6, "no stand-in is needed");
                to(Lifecycle.GONE, 7, "");
            }
        }

        assertThat(progress.totals()).isEqualTo(new ApplyTotals(5, 0, 2));
    }

    @Test
    void aStandInThatWentBeforeItWasReadyReplacedNothingEither() {
        requested();
        to(Lifecycle.READY, 5, "");
        last = Optional.empty();
        move(Samples.replica("chat", 2, Lifecycle.REQUESTED, Samples.VIRGINIA, ""));
        move(Samples.replica("chat", 2, Lifecycle.PROVISIONING, Samples.VIRGINIA, ""));
        to(Lifecycle.STOPPING, 6, "no stand-in is needed");
        to(Lifecycle.GONE, 7, "");

        assertThat(progress.totals()).isEqualTo(new ApplyTotals(2, 0, 1));
    }

    @Test
    void aLaunchThatWasGivenUpBeforeAnythingWasRentedIsNotCounted() {
        requested();
        to(Lifecycle.DRAINING, 6, "no stand-in is needed");
        to(Lifecycle.GONE, 7, "");

        assertThat(progress.totals()).isEqualTo(new ApplyTotals(0, 0, 0));
    }

    @Test
    void foldsManyReminders() {
        for (int i = 1; i <= 25; i++) {
            last = Optional.empty();
            move(Samples.replica("chat", i, Lifecycle.REQUESTED, Samples.VIRGINIA, ""));
        }

        assertThat(reminders(10).lines()).hasSize(11).last().isEqualTo("… and 15 more replicas in progress");
    }

    @Test
    void summarisesEachEnding() {
        var totals = new ApplyTotals(3, 0, 1);

        assertThat(ProgressText.summary(new Ending.Reached(), totals, false, Display.PLAIN))
                .isEqualTo("\nApply complete! Replicas: 3 launched, 0 replaced, 1 terminated.\n");
        assertThat(ProgressText.summary(new Ending.Hopeless(List.of("chat: no zone")), totals, false, Display.PLAIN))
                .isEqualTo("\nApply not complete. Replicas: 3 launched, 0 replaced, 1 terminated.\n");
        assertThat(ProgressText.summary(
                        new Ending.NotSaved(new StateProblem(StateProblem.Kind.FULL, "Disk is full", "Make room.")),
                        totals,
                        true,
                        Display.PLAIN))
                .startsWith("\nDestroy not complete.");
    }
}
