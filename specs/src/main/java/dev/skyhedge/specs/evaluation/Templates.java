package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Expression.Part;
import dev.skyhedge.specs.values.BoundedText;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.List;

/// Templates to strings.
final class Templates {
    private final Evaluator evaluator;

    Templates(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Value evaluate(Expression.Template node, Scope scope) {
        if (node.parts().size() == 1 && node.parts().getFirst() instanceof Part.Interpolation(Expression only)) {
            return evaluator.evaluate(only, scope);
        }
        if (node.parts().size() == 1
                && node.parts().getFirst() instanceof Part.Text(String literal)
                && literal.length() <= evaluator.limits().stringLength()) {
            Value text = Value.of(literal);
            evaluator.budget().pass(text);
            return text;
        }
        Run run = new Run(new BoundedText(evaluator.limits().stringLength()));
        run.parts(node.parts(), scope);
        Value text = Value.of(run.text.toString());
        evaluator.budget().pass(text);
        Value result = run.unknown ? new Value.UnknownValue(Type.STRING) : text;
        return Value.sensitive(result, run.sensitive);
    }

    /// One run of one template.
    private final class Run {
        private final BoundedText text;
        private boolean sensitive;
        private boolean unknown;

        Run(BoundedText text) {
            this.text = text;
        }

        void parts(List<Part> parts, Scope scope) {
            for (Part part : parts) {
                switch (part) {
                    case Part.Text(String literal) -> text.add(literal);
                    case Part.Interpolation(Expression expression) -> interpolate(expression, scope);
                    case Part.If directive -> choose(directive, scope);
                    case Part.For directive -> repeat(directive, scope);
                }
            }
        }

        private void interpolate(Expression expression, Scope scope) {
            Value value = evaluator.evaluate(expression, scope);
            sensitive |= value.isMarked();
            if (value.unmarked() instanceof Value.NullValue) {
                throw invalid(
                        expression,
                        scope,
                        "The expression result is null. Cannot include a null value in a string" + " template.");
            }
            switch (Conversion.of(value.unmarked(), Type.STRING)) {
                case Conversion.Done(Value.StringValue(String part), var ignored) -> text.add(part);
                case Conversion.Done ignored -> unknown = true;
                case Conversion.Refused refused ->
                    throw invalid(
                            expression,
                            scope,
                            "Cannot include the given value in a string template: " + refused.message() + ".");
            }
        }

        private EvaluationException invalid(Expression expression, Scope scope, String detail) {
            return EvaluationException.at(expression, scope, "Invalid template interpolation value", detail);
        }

        private void choose(Part.If directive, Scope scope) {
            Value condition = evaluator.condition(directive.condition(), scope, "Incorrect condition type");
            sensitive |= condition.isMarked();
            switch (condition.unmarked()) {
                case Value.BoolValue(boolean truth) -> parts(truth ? directive.yes() : directive.no(), scope);
                default -> unknown = true;
            }
        }

        private void repeat(Part.For directive, Scope scope) {
            Value collection = evaluator.evaluate(directive.collection(), scope);
            sensitive |= collection.isMarked();
            if (collection.unmarked() instanceof Value.UnknownValue(Type type)) {
                Iteration.requireIterable(type, directive.collection(), scope);
                unknown = true;
                return;
            }
            for (Iteration.Pair pair : Iteration.pairs(collection.unmarked(), directive.collection(), scope)) {
                parts(directive.body(), Iteration.bind(scope, directive.keyName(), directive.valueName(), pair));
            }
        }
    }
}
