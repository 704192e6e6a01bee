package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.syntax.Expression;

/// Leaves an expression that has no value. Becomes an [Evaluation] with a diagnostic at the edge of this
/// package, or the failed attempt of `try`.
final class EvaluationException extends RuntimeException {
    private final transient Diagnostic diagnostic;
    private final transient Expression culprit;
    private final transient Scope scope;

    EvaluationException(Diagnostic diagnostic, Expression culprit, Scope scope) {
        super(diagnostic.summary(), null, false, false);
        this.diagnostic = diagnostic;
        this.culprit = culprit;
        this.scope = scope;
    }

    static EvaluationException at(Expression culprit, Scope scope, String summary, String detail) {
        return new EvaluationException(Diagnostic.error(culprit.range(), summary, detail), culprit, scope);
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }

    Expression culprit() {
        return culprit;
    }

    Scope scope() {
        return scope;
    }
}
