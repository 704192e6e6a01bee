package dev.skyhedge.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// An option with a value, of which more is said. It belongs to its command once it is said where the value goes.
final class DeclaredOption<T> {
    private final CommandSpec spec;
    private final ValueType<T> type;
    private final OptionSpec.Builder option;

    DeclaredOption(CommandSpec spec, String name, String label, ValueType<T> type) {
        this.spec = spec;
        this.type = type;
        option = OptionSpec.builder(name)
                .paramLabel(label)
                .type(type.type())
                .converters(type.reader())
                .hasInitialValue(false);
    }

    DeclaredOption<T> help(String text) {
        option.description(text);
        return this;
    }

    /// Its value where it is left out, as it would be typed.
    DeclaredOption<T> byDefault(String text) {
        option.defaultValue(text);
        return this;
    }

    /// Its value where it is there without one, as it would be typed.
    DeclaredOption<T> bare(String text) {
        option.arity("0..1").fallbackValue(text);
        return this;
    }

    DeclaredOption<T> required() {
        option.required(true);
        return this;
    }

    /// It may hold several values with this between them.
    DeclaredOption<T> split(String separator) {
        option.splitRegex(separator);
        return this;
    }

    /// Where the value goes; again whenever the option is repeated.
    void into(Consumer<T> into) {
        add(new ValueBinding<>(into));
    }

    /// Where all values go, as the option may be repeated; nowhere if it is left out.
    void all(Consumer<List<T>> into) {
        option.type(List.class).auxiliaryTypes(type.type());
        add(new ValueBinding<>(into));
    }

    /// Where pairs of a name and a value go, as the option may be repeated; nowhere if it is left out.
    void pairs(Consumer<Map<T, T>> into) {
        option.type(Map.class).auxiliaryTypes(type.type(), type.type()).converters(type.reader(), type.reader());
        add(new ValueBinding<>(into));
    }

    private void add(ValueBinding<?> binding) {
        spec.addOption(option.getter(binding).setter(binding).build());
    }
}
