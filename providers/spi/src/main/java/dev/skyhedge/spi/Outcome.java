package dev.skyhedge.spi;

import java.util.function.Function;

/// What a provider call came to: a value, or a failure.
///
/// @param <T> what success gives
public sealed interface Outcome<T> {
    /// It worked.
    record Done<T>(T value) implements Outcome<T> {}

    /// It did not.
    record Failed<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    /// The same outcome with its value, if any, changed.
    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }

    /// What comes of the value next; a failure stays the failure.
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Failed<T>(Failure failure) -> new Failed<>(failure);
        };
    }
}
