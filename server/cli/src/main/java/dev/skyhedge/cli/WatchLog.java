package dev.skyhedge.cli;

import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// What a watching process prints: a line for each thing that happens to a replica. Times are UTC, as everywhere.
final class WatchLog {
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RESET = "\u001b[0m";

    private final Terminal terminal;

    WatchLog(Terminal terminal) {
        this.terminal = terminal;
    }

    void note(Instant now, String text) {
        terminal.println(now.truncatedTo(ChronoUnit.SECONDS) + "  " + text);
    }

    void complain(List<Diagnostic> diagnostics) {
        terminal.complain(new DiagnosticText(terminal.colour()).render(diagnostics));
    }

    void transition(Instant now, Step.Transition transition) {
        ReplicaRecord replica = transition.after();
        String state = String.format(Locale.ROOT, "%-12s", replica.lifecycle());
        note(
                now,
                String.format(
                        Locale.ROOT,
                        "%-12s %s %-9s %-28s %s",
                        replica.name(),
                        paint(replica.lifecycle(), state),
                        replica.offer().market().word(),
                        replica.offer().location(),
                        replica.reason()));
    }

    /// What a replica wrote before it failed.
    void lastLines(Instant now, String replica, String lines) {
        note(now, replica + " wrote last, before it failed:");
        terminal.print(LogLines.indented(lines));
    }

    private String paint(Lifecycle lifecycle, String text) {
        if (!terminal.colour()) {
            return text;
        }
        return switch (lifecycle) {
            case READY -> GREEN + text + RESET;
            case FAILED, PREEMPTED -> RED + text + RESET;
            case DRAINING -> YELLOW + text + RESET;
            case REQUESTED, PROVISIONING, STARTING, STOPPING, GONE, FORGOTTEN -> text;
        };
    }
}
