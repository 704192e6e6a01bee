package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.schema.AttributeType.Constraint;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LocationPattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Whether a known value of the right type meets a constraint.
final class ConstraintCheck {
    private ConstraintCheck() {}

    /// What is wrong, a sentence; empty if nothing is.
    static Optional<String> problem(Value value, Constraint constraint) {
        return switch (constraint) {
            case Constraint.None ignored -> Optional.empty();
            case Constraint.TypeExpression ignored -> Optional.empty();
            case Constraint.Address ignored -> Optional.empty();
            case Constraint.Environment ignored -> Optional.empty();
            case Constraint.Secret ignored ->
                value instanceof Value.SecretValue
                        ? Optional.empty()
                        : Optional.of("It must be a secret, such as secret(\"env:CHAT_API_KEY\"), so that it is not in"
                                + " files, plans or the state.");
            case Constraint.VariableName ignored -> RequestParts.variableProblem(text(value));
            case Constraint.HeaderName ignored -> RequestParts.keyHeaderProblem(text(value));
            case Constraint.Whole(int least, int most) -> whole(value, least, most);
            case Constraint.WholeOr(String word, int least, int most) -> wholeOr(text(value), word, least, most);
            case Constraint.Positive ignored ->
                number(value).signum() > 0
                        ? Optional.empty()
                        : Optional.of("It must be above 0, not " + words(value) + ".");
            case Constraint.OneOf(List<String> choices) -> oneOf(text(value), choices);
            case Constraint.DurationText(boolean zeroAllowed) -> duration(text(value), zeroAllowed);
            case Constraint.Path ignored -> RequestParts.pathProblem(text(value));
            case Constraint.Headers ignored -> headers(value);
            case Constraint.NotEmpty ignored ->
                text(value).isBlank() ? Optional.of("It must not be empty.") : Optional.empty();
            case Constraint.Accelerators ignored ->
                each(value, Accelerator::parse, "Name at least one, such as [\"L4:1\"].");
            case Constraint.Counts(int most) -> counts(value, most);
            case Constraint.Locations ignored ->
                each(value, LocationPattern::parse, "Name at least one, such as [\"aws/us-east-1/*\"].");
        };
    }

    private static Optional<String> wholeOr(String text, String word, int least, int most) {
        boolean fits = text.equals(word)
                || Conversion.of(Value.of(text), Type.NUMBER)
                                instanceof Conversion.Done(Value.NumberValue(BigDecimal number), var ignored)
                        && fits(number, least, most);
        return fits
                ? Optional.empty()
                : Optional.of("It must be \"" + word + "\" or a whole number from " + least + " to " + most + ", not \""
                        + text + "\".");
    }

    private static boolean fits(BigDecimal number, int least, int most) {
        return number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static Optional<String> whole(Value value, int least, int most) {
        return fits(number(value), least, most)
                ? Optional.empty()
                : Optional.of(
                        "It must be a whole number from " + least + " to " + most + ", not " + words(value) + ".");
    }

    private static String words(Value value) {
        return NumberText.of(number(value));
    }

    private static Optional<String> oneOf(String text, List<String> choices) {
        if (choices.contains(text)) {
            return Optional.empty();
        }
        String all = choices.stream().map(c -> "\"" + c + "\"").collect(Collectors.joining(", "));
        return Optional.of(
                "It must be one of " + all + ", not \"" + text + "\"." + Suggestions.sentence(text, choices));
    }

    private static Optional<String> duration(String text, boolean zeroAllowed) {
        return Durations.parse(text)
                .map(d -> d.isZero() && !zeroAllowed
                        ? Optional.of("It must be longer than 0.")
                        : Optional.<String>empty())
                .orElse(Optional.of(
                        "A duration is written as numbers with units (ns, us, ms, s, m, h), such as \"20m\" or"
                                + " \"1h30m10s\", not \"" + text + "\"."));
    }

    private static Optional<String> each(Value value, Consumer<String> parse, String empty) {
        List<Value> elements = value instanceof Value.ListValue list ? list.elements() : List.of();
        for (Value element : elements) {
            if (!(element instanceof Value.StringValue(String text))) {
                return Optional.of("No element may be null.");
            }
            try {
                parse.accept(text);
            } catch (IllegalArgumentException e) {
                return Optional.of(e.getMessage() + ".");
            }
        }
        return elements.isEmpty() ? Optional.of("The list must not be empty. " + empty) : Optional.empty();
    }

    private static Optional<String> headers(Value value) {
        if (!(value instanceof Value.MapValue map)) {
            return Optional.empty();
        }
        return map.entries().entrySet().stream()
                .flatMap(entry -> RequestParts.headerProblem(entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> counts(Value value, int most) {
        if (!(value instanceof Value.MapValue map)) {
            return Optional.empty();
        }
        for (var entry : map.entries().entrySet()) {
            try {
                Accelerator.parse(entry.getKey());
            } catch (IllegalArgumentException e) {
                return Optional.of(e.getMessage() + ".");
            }
            if (!(entry.getValue() instanceof Value.NumberValue)) {
                return Optional.of("No number may be null.");
            }
            Optional<String> problem = whole(entry.getValue(), 0, most);
            if (problem.isPresent()) {
                return problem.map(text -> entry.getKey() + ": " + text);
            }
        }
        return map.entries().isEmpty()
                ? Optional.of("Name at least one accelerator, such as { \"L4:1\" = 2 }.")
                : Optional.empty();
    }

    private static String text(Value value) {
        return value instanceof Value.StringValue(String text) ? text : "";
    }

    private static BigDecimal number(Value value) {
        return value instanceof Value.NumberValue(BigDecimal number) ? number : BigDecimal.ZERO;
    }
}
