package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Type;
import java.util.ArrayList;
import java.util.List;

/// Type expressions for tests outside of this package.
public final class TestTypes {
    private TestTypes() {}

    /// The type that an expression names.
    public static Type read(Expression expression) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        Evaluator evaluator =
                new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT));
        Type type = new TypeExpressions(evaluator, diagnostics::add).read(expression);
        // Early versions of the public suite write it for any.
        diagnostics.removeIf(d -> d.detail().contains("\"inferred\""));
        if (!diagnostics.isEmpty()) {
            throw new IllegalArgumentException(diagnostics.getFirst().detail());
        }
        return type;
    }
}
