package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;

/// Takes outcomes apart in tests.
public final class Outcomes {
    private Outcomes() {}

    public static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new AssertionError("Failed with " + failure);
        };
    }

    public static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> throw new AssertionError("Succeeded with " + value);
            case Outcome.Failed<?>(Failure failure) -> failure;
        };
    }
}
