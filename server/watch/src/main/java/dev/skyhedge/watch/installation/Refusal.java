package dev.skyhedge.watch.installation;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.util.List;

/// Why something is not begun, or not gone on with: diagnostics for whoever asked for it. It is thrown where there is
/// nothing to return, and caught at the edge, which shows them; a watch that has begun tells them and tries again.
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Diagnostic> diagnostics;

    /// @param diagnostics at least one
    public Refusal(List<Diagnostic> diagnostics) {
        super(diagnostics.toString());
        this.diagnostics = List.copyOf(diagnostics);
    }

    /// One error without a place.
    public Refusal(String summary, String detail) {
        this(List.of(Diagnostic.error(summary, detail)));
    }

    /// What to tell.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
