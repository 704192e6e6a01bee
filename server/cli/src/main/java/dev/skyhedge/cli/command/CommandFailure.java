package dev.skyhedge.cli.command;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;

/// Ends a command with diagnostics for the user. It is thrown at the edge only, where a command has nobody left
/// to return a value to but the user.
public final class CommandFailure extends Refusal {
    private static final long serialVersionUID = 1L;

    /// @param diagnostics at least one
    public CommandFailure(List<Diagnostic> diagnostics) {
        super(diagnostics);
    }

    /// One error without a place.
    public CommandFailure(String summary, String detail) {
        super(summary, detail);
    }
}
