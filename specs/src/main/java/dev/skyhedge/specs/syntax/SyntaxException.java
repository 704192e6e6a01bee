package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.Diagnostic;

/// Leaves the item that does not parse, up to where the parser recovers. Never leaves this package.
final class SyntaxException extends RuntimeException {
    private final transient Diagnostic diagnostic;

    SyntaxException(Diagnostic diagnostic) {
        super(diagnostic.summary(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
