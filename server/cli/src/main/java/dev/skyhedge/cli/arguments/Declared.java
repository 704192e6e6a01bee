package dev.skyhedge.cli.arguments;

import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// A value that is typed, of which more is said: what options and arguments have in common. It belongs to its command
/// once it is said where the value goes.
///
/// @param <T> what the value is
/// @param <D> this
public abstract sealed class Declared<T, D extends Declared<T, D>> permits DeclaredArgument, DeclaredOption {
    private final CommandSpec command;
    private final ValueType<T> type;

    Declared(CommandSpec command, ValueType<T> type) {
        this.command = command;
        this.type = type;
    }

    final ValueType<T> type() {
        return type;
    }

    /// This, by its own name.
    abstract D self();

    abstract void describe(String text);

    /// Has it hold several of its values.
    abstract void hold(Class<?> container, ValueType<T> elements);

    /// Makes it known to its command, complete.
    abstract void add(CommandSpec to, ValueBinding<?> binding);

    /// What it is for, in sentences.
    public final D help(String text) {
        describe(text);
        return self();
    }

    /// Where the value goes; again whenever it is repeated.
    public final void into(Consumer<T> into) {
        bind(new ValueBinding<>(into));
    }

    /// Where all values go, as it may be repeated; nowhere if there are none.
    public final void all(Consumer<List<T>> into) {
        hold(List.class, type);
        bind(new ValueBinding<>(into));
    }

    final void bind(ValueBinding<?> binding) {
        add(command, binding);
    }
}
