package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;

/// Takes outcomes apart in tests.
final class Outcomes {
    private Outcomes() {}

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new AssertionError("Failed with " + failure);
        };
    }

    static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> throw new AssertionError("Succeeded with " + value);
            case Outcome.Failed<?>(Failure failure) -> failure;
        };
    }
}
