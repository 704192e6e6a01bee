package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.Optional;
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
        for (Body.Block rule : variable.body().blocks("validation")) {
            Optional<Body.Attribute> condition = rule.body().attribute("condition");
            Optional<Body.Attribute> message = rule.body().attribute("error_message");
            if (condition.isPresent() && message.isPresent()) {
                check(
                        variable,
                        rule,
                        condition.get().expression(),
                        message.get().expression());
            }
        }
    }

    private void check(Body.Block variable, Body.Block rule, Expression condition, Expression message) {
        Evaluation evaluation = evaluator.evaluate(condition);
        evaluation.diagnostics().forEach(d -> sink.accept(d.in(variable.title())));
        if (evaluation.value().isEmpty()) {
            return;
        }
        Value value = evaluation.value().get().unmarked();
        if (value instanceof Value.UnknownValue) {
            return;
        }
        if (!(Conversion.of(value, Type.BOOL) instanceof Conversion.Done(Value.BoolValue(boolean met), var ignored))) {
            sink.accept(Diagnostic.error(
                            condition.range(),
                            "Invalid variable validation result",
                            "The condition must be true or false.")
                    .in(variable.title()));
        } else if (!met) {
            String detail = message(message) + "\n\nThis was checked by the validation rule at " + rule.header() + ".";
            sink.accept(Diagnostic.error(variable.header(), "Invalid value for variable", detail)
                    .with(evaluator.notes(condition)));
        }
    }

    private String message(Expression message) {
        Optional<Value> value = evaluator.evaluate(message).value();
        if (value.isPresent() && value.get().isMarked()) {
            return "The value does not meet its rule. The rule's message is sensitive and not shown.";
        }
        return value.isPresent() && value.get() instanceof Value.StringValue(String text)
                ? text
                : "The value does not meet its rule, whose message could not be made.";
    }
}
