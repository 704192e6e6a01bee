package dev.skyhedge.cli.watch;

import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.cli.view.status.StoppedRollOut;
import dev.skyhedge.cli.view.status.WatchLines;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.watch.news.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a watching process prints: a line for each thing that happens to a replica.
final class WatchLog implements Consumer<WatchEvent> {
    /// How often a question is said again, if other lines came after it.
    static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    private final Terminal terminal;
    private Optional<Reminder> reminder = Optional.empty();

    private record Reminder(String text, Instant due) {}

    WatchLog(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(WatchEvent event) {
        switch (event) {
            case WatchEvent.Note(Instant at, String text) -> note(at, text);
            case WatchEvent.Moved(Instant at, Step.Transition transition) ->
                terminal.print(WatchLines.transition(at, transition.after(), terminal.display()));
            case WatchEvent.LastLines(Instant at, String replica, String lines) -> {
                note(at, replica + " wrote last, before it failed:");
                terminal.print(LogLines.indented(lines));
            }
            case WatchEvent.RollOutStopped(Instant at, WorkloadRecord service) ->
                StoppedRollOut.text(service).ifPresent(text -> note(at, text));
            case WatchEvent.Complaint(List<Diagnostic> diagnostics) -> complain(diagnostics);
            case WatchEvent.ChangePlanned(Preview preview) -> {
                terminal.println("");
                terminal.print(PlanText.render(PlanView.of(preview), PlanText.Options.DEFAULT, terminal.display()));
            }
            case WatchEvent.ChangeRefused(List<Diagnostic> why) -> {
                complain(why);
                terminal.complain(WatchEvent.UNCHANGED);
            }
            case WatchEvent.ChangeNotApproved _ -> terminal.complain("Not approved. " + WatchEvent.UNCHANGED);
            case WatchEvent.Waits(Instant at, String question) -> remind(at, question);
            case WatchEvent.WaitsNoMore _ -> remindNoMore();
        }
    }

    synchronized void note(Instant now, String text) {
        terminal.print(WatchLines.note(now, text, terminal.display()));
        reminder.filter(open -> !now.isBefore(open.due())).ifPresent(open -> {
            terminal.print(WatchLines.note(now, open.text(), terminal.display()));
            remind(now, open.text());
        });
    }

    /// Says it again behind a line that comes after its time.
    synchronized void remind(Instant now, String text) {
        reminder = Optional.of(new Reminder(text, now.plus(REMIND_EVERY)));
    }

    synchronized void remindNoMore() {
        reminder = Optional.empty();
    }

    private void complain(List<Diagnostic> diagnostics) {
        terminal.complain(new DiagnosticText(terminal.colour()).render(diagnostics));
    }
}
