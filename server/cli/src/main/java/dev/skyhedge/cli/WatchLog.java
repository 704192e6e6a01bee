package dev.skyhedge.cli;

import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.cli.view.WatchLines;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a watching process prints: a line for each thing that happens to a replica.
final class WatchLog {
    /// How often a question is said again, if other lines came after it.
    static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    private final Terminal terminal;
    private Optional<Reminder> reminder = Optional.empty();

    private record Reminder(String text, Instant due) {}

    WatchLog(Terminal terminal) {
        this.terminal = terminal;
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

    void complain(List<Diagnostic> diagnostics) {
        terminal.complain(new DiagnosticText(terminal.colour()).render(diagnostics));
    }

    void transition(Instant now, Step.Transition transition) {
        terminal.print(WatchLines.transition(now, transition.after(), terminal.display()));
    }

    /// What a replica wrote before it failed.
    void lastLines(Instant now, String replica, String lines) {
        note(now, replica + " wrote last, before it failed:");
        terminal.print(LogLines.indented(lines));
    }
}
