package dev.skyhedge.cli;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;

/// Ends a command with diagnostics for the user. It is thrown at the edge only, where a command has nobody left
/// to return a value to but the user.
final class CommandFailure extends Refusal {
    private static final long serialVersionUID = 1L;

    CommandFailure(List<Diagnostic> diagnostics) {
        super(diagnostics);
    }

    CommandFailure(String summary, String detail) {
        super(summary, detail);
    }
}
