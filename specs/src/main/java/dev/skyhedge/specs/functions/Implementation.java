package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// How a function computes its result.
public sealed interface Implementation {
    /// Gets known values without marks: an unknown part in any argument makes the result unknown, a sensitive
    /// part makes it sensitive, without the function's doing.
    record OfKnown(Function<Arguments, Value> body) implements Implementation {}

    /// Like [OfKnown], but collections may have unknown elements, and sensitive ones, which keep their marks.
    record OfElements(Function<Arguments, Value> body) implements Implementation {}

    /// Gets the arguments as they are, unknown and marked, and answers for the marks of the result.
    record OfAny(Function<Arguments, Value> body) implements Implementation {}

    /// Evaluates its arguments itself, or does not.
    record OfAttempts(Function<List<Supplier<Attempt>>, Value> body) implements Implementation {}

    /// What came of evaluating an argument.
    sealed interface Attempt {
        record Succeeded(Value value) implements Attempt {}

        /// @param message why, a sentence
        record Failed(String message) implements Attempt {}
    }

    /// The type that is unknown when the arguments are.
    static Value unknown(Type type) {
        return new Value.UnknownValue(type);
    }
}
