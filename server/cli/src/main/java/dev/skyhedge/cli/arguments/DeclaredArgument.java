package dev.skyhedge.cli.arguments;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// An argument that is not behind the name of an option.
public final class DeclaredArgument<T> extends Declared<T, DeclaredArgument<T>> {
    private final PositionalParamSpec.Builder argument;

    DeclaredArgument(CommandSpec command, String index, String label, ValueType<T> type) {
        super(command, type);
        argument = PositionalParamSpec.builder()
                .index(index)
                .paramLabel(label)
                .type(type.type())
                .converters(type.reader())
                .required(true)
                .hasInitialValue(false);
    }

    @Override
    DeclaredArgument<T> self() {
        return this;
    }

    @Override
    void describe(String text) {
        argument.description(text);
    }

    @Override
    void hold(Class<?> container, ValueType<T> elements) {
        argument.type(container).auxiliaryTypes(elements.type());
    }

    @Override
    void add(CommandSpec to, ValueBinding<?> binding) {
        to.addPositional(argument.getter(binding).setter(binding).build());
    }

    /// It may be left out.
    public DeclaredArgument<T> optional() {
        return arity("0..1");
    }

    /// Its value where it is left out, as it would be typed.
    public DeclaredArgument<T> byDefault(String text) {
        argument.defaultValue(text);
        return optional();
    }

    /// @param range how many there may be, from none on
    public DeclaredArgument<T> arity(String range) {
        argument.arity(range).required(false);
        return this;
    }
}
