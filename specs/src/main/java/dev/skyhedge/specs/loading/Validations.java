package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.CheckResult.Status;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import java.util.function.Consumer;

/// The `validation` blocks of variables.
final class Validations {
    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;

    Validations(Evaluator evaluator, Consumer<Diagnostic> sink) {
        this.evaluator = evaluator;
        this.sink = sink;
    }

    void check(Body.Block variable) {
        Conditions conditions = new Conditions(evaluator, variable.title(), sink);
        for (Body.Block rule : variable.body().blocks("validation")) {
            conditions
                    .evaluate(rule)
                    .filter(outcome -> outcome.status() == Status.FAIL)
                    .ifPresent(outcome -> failed(variable, rule, outcome.message()));
        }
    }

    private void failed(Body.Block variable, Body.Block rule, String message) {
        String detail = message + "\n\nThis was checked by the validation rule at " + rule.header() + ".";
        sink.accept(Diagnostic.error(variable.header(), "Invalid value for variable", detail)
                .with(evaluator.notes(
                        rule.body().attribute("condition").orElseThrow().expression())));
    }
}
