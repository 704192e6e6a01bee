package dev.skyhedge.providers.gcp;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.function.Function;

/// What came of a call: a value, or Google's refusal, whose meaning depends on what the call was for.
///
/// @param <T> what success gives
sealed interface Reply<T> {
    record Given<T>(T value) implements Reply<T> {}

    record Refused<T>(GoogleRefusal refusal) implements Reply<T> {}

    /// The same as an outcome.
    default Outcome<T> outcome(Function<GoogleRefusal, Failure> meaning) {
        return switch (this) {
            case Given<T>(T value) -> Outcome.done(value);
            case Refused<T>(GoogleRefusal refusal) -> Outcome.failed(meaning.apply(refusal));
        };
    }
}
