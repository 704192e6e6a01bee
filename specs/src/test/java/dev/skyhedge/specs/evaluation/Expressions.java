package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.Optional;

/// Evaluates expressions for tests, with a few variables to refer to.
public final class Expressions {
    private Expressions() {}

    public static Evaluation evaluate(String text) {
        return evaluate(text, Expressions::variable);
    }

    static Evaluation evaluate(String text, Environment environment) {
        Parser.ParsedExpression parsed = Parser.parseExpression(Source.of("test", text), Limits.DEFAULT);
        Evaluator evaluator =
                new Evaluator(environment, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT));
        return parsed.expression()
                .map(evaluator::evaluate)
                .orElseGet(() -> new Evaluation(Optional.empty(), parsed.diagnostics()));
    }

    static Optional<Value> variable(String root, String name) {
        if (!root.equals("var")) {
            return Optional.empty();
        }
        return switch (name) {
            case "n" -> Optional.of(Value.of(3));
            case "s" -> Optional.of(Value.of("str"));
            case "l" -> evaluate("tolist([\"a\", \"b\", \"c\"])").value();
            case "m" -> evaluate("tomap({ us = 1, eu = 2 })").value();
            case "objs" ->
                evaluate("[{ id = 1, r = \"us\", tags = { x = \"p\" } }, { id = 2, r = \"eu\", tags = { x = \"q\" } }]")
                        .value();
            case "key" -> Optional.of(Value.sensitive(Value.of("hidden")));
            case "later" -> Optional.of(new Value.UnknownValue(Type.STRING));
            default -> Optional.empty();
        };
    }
}
