package dev.skyhedge.cli;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.util.List;

/// Ends a command with diagnostics for the user. It is thrown at the edge only, where a command has nobody left
/// to return a value to but the user.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Diagnostic> diagnostics;

    CommandFailure(List<Diagnostic> diagnostics) {
        super(diagnostics.toString());
        this.diagnostics = List.copyOf(diagnostics);
    }

    CommandFailure(String summary, String detail) {
        this(List.of(Diagnostic.error(summary, detail)));
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
