package dev.skyhedge.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.view.Samples;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.watch.news.WatchNews;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    private final StringWriter printed = new StringWriter();
    private final WatchNews news = new WatchNews(() -> NOW, new WatchLog(terminal(Integer.MAX_VALUE)));

    private Terminal terminal(int width) {
        var out = new PrintWriter(printed, true);
        return new Terminal(out, out, new BufferedReader(Reader.nullReader()), false, false, width);
    }

    private static Step step(List<Change> changes, ReplicaRecord... entered) {
        return new Step(
                changes,
                List.of(),
                List.of(entered).stream()
                        .map(replica -> new Step.Transition(Optional.empty(), replica))
                        .toList(),
                Samples.plan(List.of()),
                Optional.empty());
    }

    @Test
    void datesEachLineInTheOneTimeZoneOfAllTexts() {
        news.say("Stopped.");

        assertThat(printed.toString().strip()).isEqualTo("2026-03-01T10:00:00Z  Stopped.");
    }

    @Test
    void saysOnceThatAProviderDoesNotAnswerHoweverOftenItIsAsked() {
        news.providerFailed("aws", new Failure.OutcomeUnknown("no answer to the first question"));
        news.providerFailed("aws", new Failure.OutcomeUnknown("no answer to the second"));

        assertThat(printed.toString()).containsOnlyOnce("does not answer");
    }

    @Test
    void saysTheMarketAsASpecDoes() {
        news.stepped(step(List.of(), Samples.replica("chat", 1, Lifecycle.READY, Samples.STAND_IN, "")));

        assertThat(printed.toString()).contains(" READY ").contains(" on_demand ");
    }

    @Test
    void saysWhyAReplicaFailedAndWhatItWroteLast() {
        var failed = Samples.replica("chat", 1, Lifecycle.FAILED, Samples.IOWA, "exited with code 3");
        var read = new Event(NOW, "chat", "chat-1", Message.LogRead.EVENT, "loading\nfatal: \u001b[2Jno such model");

        news.stepped(step(List.of(), failed));
        news.stepped(step(List.of(new Change.AppendEvent(read))));

        assertThat(printed.toString())
                .contains("exited with code 3")
                .contains("chat-1 wrote last, before it failed:")
                .contains("    | loading\n    | fatal: \ufffd[2Jno such model\n");
    }

    private long reminders() {
        return printed.toString()
                .lines()
                .filter(line -> line.endsWith("  it waits"))
                .count();
    }

    @Test
    void saysAQuestionAgainBehindLinesThatComeLaterAndNotBehindEach() {
        var log = new WatchLog(terminal(Integer.MAX_VALUE));
        log.remind(NOW, "it waits");

        log.note(NOW.plusSeconds(30), "something");
        assertThat(reminders()).isZero();
        log.note(NOW.plusSeconds(60), "something");
        log.note(NOW.plusSeconds(90), "something");
        assertThat(reminders()).isEqualTo(1);
        log.note(NOW.plusSeconds(120), "something");
        assertThat(reminders()).isEqualTo(2);
    }

    @Test
    void saysNoQuestionAgainThatIsAnswered() {
        var log = new WatchLog(terminal(Integer.MAX_VALUE));
        log.remind(NOW, "it waits");
        log.remindNoMore();

        log.note(NOW.plusSeconds(600), "something");

        assertThat(reminders()).isZero();
    }
}
