package dev.skyhedge.cli.arguments;

import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// An option with a value.
public final class DeclaredOption<T> extends Declared<T, DeclaredOption<T>> {
    private final OptionSpec.Builder option;

    DeclaredOption(CommandSpec command, String name, String label, ValueType<T> type) {
        super(command, type);
        option = OptionSpec.builder(name)
                .paramLabel(label)
                .type(type.type())
                .converters(type.reader())
                .hasInitialValue(false);
    }

    @Override
    DeclaredOption<T> self() {
        return this;
    }

    @Override
    void describe(String text) {
        option.description(text);
    }

    @Override
    void hold(Class<?> container, ValueType<T> elements) {
        option.type(container).auxiliaryTypes(elements.type());
    }

    @Override
    void add(CommandSpec to, ValueBinding<?> binding) {
        to.addOption(option.getter(binding).setter(binding).build());
    }

    /// Its value where it is left out, as it would be typed.
    public DeclaredOption<T> byDefault(String text) {
        option.defaultValue(text);
        return this;
    }

    /// Its value where it is there without one, as it would be typed.
    public DeclaredOption<T> bare(String text) {
        option.arity("0..1").fallbackValue(text);
        return this;
    }

    /// It may not be left out.
    public DeclaredOption<T> required() {
        option.required(true);
        return this;
    }

    /// It may hold several values with this between them.
    public DeclaredOption<T> split(String separator) {
        option.splitRegex(separator);
        return this;
    }

    /// Where pairs of a name and a value go, as the option may be repeated; nowhere if it is left out.
    public void pairs(Consumer<Map<T, T>> into) {
        ValueType<T> each = type();
        option.type(Map.class).auxiliaryTypes(each.type(), each.type()).converters(each.reader(), each.reader());
        bind(new ValueBinding<>(into));
    }
}
