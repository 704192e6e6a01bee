package dev.skyhedge.cli.arguments;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;

/// Passes on the values of an option or argument as they are read, and keeps the last one for the library, which adds
/// to lists.
final class ValueBinding<V> implements IGetter, ISetter {
    private final Consumer<V> into;
    private @Nullable Object value;

    ValueBinding(Consumer<V> into) {
        this.into = into;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // as the library has it
    public <T> T get() {
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked") // what is declared with a type is read as that type
    public <T> T set(T newValue) {
        value = newValue;
        into.accept((V) newValue);
        return newValue;
    }
}
