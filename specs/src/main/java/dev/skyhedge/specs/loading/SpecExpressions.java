package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Expressions from a user, evaluated as if they stood in the root of a spec. Each has a budget of its own.
/// Used by one thread.
public final class SpecExpressions {
    private static final FunctionTable FUNCTIONS = FunctionTable.console();

    private final Declarations declarations;
    private final Environment environment;
    private final Reading reading;

    SpecExpressions(Declarations declarations, Environment environment, Reading reading) {
        this.declarations = declarations;
        this.environment = environment;
        this.reading = reading;
    }

    /// What became of opening a spec.
    ///
    /// @param diagnostics what is wrong with the spec
    /// @param expressions empty if anything is an error
    public record Opened(List<Diagnostic> diagnostics, Optional<SpecExpressions> expressions) {}

    /// An expression that has been read.
    ///
    /// @param namesType whether it asks for a type, whose name is shown without quotes
    public record Result(Evaluation evaluation, boolean namesType) {}

    /// Evaluates one expression.
    ///
    /// @param workloads what is known of workloads by now: gets what a reference to one stands for in the spec
    public Result evaluate(Source source, UnaryOperator<Value> workloads) {
        Parser.ParsedExpression parsed = Parser.parseExpression(source, reading.limits());
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        if (parsed.expression().isPresent() && diagnostics.isEmpty()) {
            Expression expression = parsed.expression().get();
            if (new ReferenceCheck(declarations, reading.language(), FUNCTIONS, diagnostics::add)
                    .check(expression, "", Set.of())) {
                return new Result(evaluator(workloads).evaluate(expression), namesType(expression));
            }
        }
        return new Result(new Evaluation(Optional.empty(), List.copyOf(diagnostics)), false);
    }

    private Evaluator evaluator(UnaryOperator<Value> workloads) {
        Environment names = (root, name) -> {
            Optional<Value> value = environment.value(root, name);
            return reading.language().kind(root).isPresent() ? value.map(workloads) : value;
        };
        Budget budget = new Budget(reading.limits());
        return new Evaluator(names, FUNCTIONS, reading.limits(), budget, reading.surroundings());
    }

    private static boolean namesType(Expression expression) {
        return expression instanceof Expression.Call call && call.function().equals("type");
    }
}
