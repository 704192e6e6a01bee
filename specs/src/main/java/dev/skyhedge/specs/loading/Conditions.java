package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.CheckResult.Status;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Blocks of a `condition` and an `error_message`: `validation`, `precondition`, `assert`.
final class Conditions {
    private final Evaluator evaluator;
    private final String title;
    private final Consumer<Diagnostic> sink;

    /// @param title of the block around them
    Conditions(Evaluator evaluator, String title, Consumer<Diagnostic> sink) {
        this.evaluator = evaluator;
        this.title = title;
        this.sink = sink;
    }

    /// How one turned out.
    ///
    /// @param message what it says if it is not met
    record Outcome(Status status, String message) {}

    /// Evaluates the condition; empty if that is an error, which the sink is told.
    Optional<Outcome> evaluate(Body.Block rule) {
        Optional<Body.Attribute> condition = rule.body().attribute("condition");
        Optional<Body.Attribute> message = rule.body().attribute("error_message");
        return condition.isPresent() && message.isPresent()
                ? evaluate(condition.get().expression(), message.get().expression())
                : Optional.empty();
    }

    private Optional<Outcome> evaluate(Expression condition, Expression message) {
        Evaluation evaluation = evaluator.evaluate(condition);
        evaluation.diagnostics().forEach(d -> sink.accept(d.in(title)));
        if (evaluation.value().isEmpty()) {
            return Optional.empty();
        }
        Value value = evaluation.value().get().unmarked();
        if (value instanceof Value.UnknownValue) {
            return Optional.of(new Outcome(Status.UNKNOWN, ""));
        }
        if (!(Conversion.of(value, Type.BOOL) instanceof Conversion.Done(Value.BoolValue(boolean met), var ignored))) {
            sink.accept(Diagnostic.error(
                            condition.range(), "Invalid condition result", "The condition must be true or false.")
                    .in(title));
            return Optional.empty();
        }
        return Optional.of(met ? new Outcome(Status.PASS, "") : new Outcome(Status.FAIL, message(message)));
    }

    /// Tells the sink of each that is not met.
    ///
    /// @return whether none was not
    boolean require(Body.Block parent, String type, String summary) {
        boolean well = true;
        for (Body.Block rule : parent.body().blocks(type)) {
            Optional<Outcome> outcome = evaluate(rule);
            if (outcome.isEmpty() || outcome.get().status() == Status.FAIL) {
                well = false;
                outcome.ifPresent(o -> sink.accept(failure(rule, o, summary)));
            } else if (outcome.get().status() == Status.UNKNOWN) {
                sink.accept(Diagnostic.warning(
                                rule.header(),
                                "Condition not checked",
                                "The condition depends on something that is known only after apply. It is checked then, before"
                                        + " anything of it is done.")
                        .in(title));
            }
        }
        return well;
    }

    /// Those that are not known to be met.
    ///
    /// @param address of what they are about
    List<CheckResult> open(Body.Block parent, String type, String address) {
        List<CheckResult> open = new ArrayList<>();
        for (Body.Block rule : parent.body().blocks(type)) {
            Status status = evaluate(rule).map(Outcome::status).orElse(Status.UNKNOWN);
            if (status != Status.PASS) {
                String message = rule.body()
                        .attribute("error_message")
                        .map(attribute -> message(attribute.expression()))
                        .orElse("");
                open.add(new CheckResult(address, status, List.of(rule.header().place() + ": " + message)));
            }
        }
        return open;
    }

    private Diagnostic failure(Body.Block rule, Outcome outcome, String summary) {
        Expression condition = rule.body().attribute("condition").orElseThrow().expression();
        return Diagnostic.error(condition.range(), summary, outcome.message())
                .in(title)
                .with(evaluator.notes(condition));
    }

    private String message(Expression message) {
        Optional<Value> value = evaluator.evaluate(message).value();
        if (value.isPresent() && value.get().isMarked()) {
            return "The condition is not met. Its message is sensitive and not shown.";
        }
        return value.isPresent() && value.get() instanceof Value.StringValue(String text)
                ? text
                : "The condition is not met, and its message could not be made.";
    }
}
