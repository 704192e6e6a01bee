package dev.skyhedge.cli;

import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// An argument, of which more is said. It belongs to its command once it is said where the value goes.
final class DeclaredArgument<T> {
    private final CommandSpec spec;
    private final ValueType<T> type;
    private final PositionalParamSpec.Builder argument;

    DeclaredArgument(CommandSpec spec, String index, String label, ValueType<T> type) {
        this.spec = spec;
        this.type = type;
        argument = PositionalParamSpec.builder()
                .index(index)
                .paramLabel(label)
                .type(type.type())
                .converters(type.reader())
                .required(true)
                .hasInitialValue(false);
    }

    DeclaredArgument<T> help(String text) {
        argument.description(text);
        return this;
    }

    DeclaredArgument<T> optional() {
        return arity("0..1");
    }

    /// Its value where it is left out, as it would be typed.
    DeclaredArgument<T> byDefault(String text) {
        argument.defaultValue(text);
        return optional();
    }

    /// @param range how many there may be, from none on
    DeclaredArgument<T> arity(String range) {
        argument.arity(range).required(false);
        return this;
    }

    /// Where the value goes.
    void into(Consumer<T> into) {
        add(new ValueBinding<>(into));
    }

    /// Where all values go; nowhere if there are none.
    void all(Consumer<List<T>> into) {
        argument.type(List.class).auxiliaryTypes(type.type());
        add(new ValueBinding<>(into));
    }

    private void add(ValueBinding<?> binding) {
        spec.addPositional(argument.getter(binding).setter(binding).build());
    }
}
