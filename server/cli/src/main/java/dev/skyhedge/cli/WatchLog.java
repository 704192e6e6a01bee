package dev.skyhedge.cli;

import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.cli.view.WatchLines;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.time.Instant;
import java.util.List;

/// What a watching process prints: a line for each thing that happens to a replica.
final class WatchLog {
    private final Terminal terminal;

    WatchLog(Terminal terminal) {
        this.terminal = terminal;
    }

    void note(Instant now, String text) {
        terminal.print(WatchLines.note(now, text, terminal.display()));
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
