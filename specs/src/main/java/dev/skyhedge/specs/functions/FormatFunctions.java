package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.STRING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;

/// `format` and what is built on it.
final class FormatFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(STRING, "format")
                    .takes("pattern", Type.STRING)
                    .takesManyNullable("values", Type.ANY)
                    .returns(Type.STRING)
                    .does(
                            "The pattern with its verbs replaced by the values: `%s` text, `%d` whole number, `%v` any value,"
                                    + " `%q` quoted, `%t` bool, `%x %X %o %b` other bases, `%e %f %g` fractions, `%%` a per cent sign;"
                                    + " with the flags `+ - 0 space #`, width, precision and `[n]` for the n-th value.")
                    .example("format(\"%08.3f|%-5s|%+d|%5d\", 3.14159, \"ab\", 3, 4)", "\"0003.142|ab   |+3|    4\"")
                    .as(arguments -> Value.of(new FormatPattern(arguments.text(0))
                            .apply(arguments.values().subList(1, arguments.size()), arguments.bounded()))),
            function(STRING, "formatlist")
                    .takes("pattern", Type.STRING)
                    .takesManyNullable("values", Type.ANY)
                    .returns(new Type.ListOf(Type.STRING))
                    .does("`format` for each element of the lists among the values, which must be of the same length.")
                    .example("formatlist(\"%s!\", [\"a\"])", "tolist([\"a!\"])")
                    .as(FormatFunctions::formatList));

    private FormatFunctions() {}

    private static Value formatList(Arguments arguments) {
        FormatPattern pattern = new FormatPattern(arguments.text(0));
        int count = -1;
        for (int i = 1; i < arguments.size(); i++) {
            int size = isSequence(arguments.get(i)) ? arguments.elements(i).size() : count;
            if (count >= 0 && size != count) {
                throw new FunctionException(i, "all lists must have the same length");
            }
            count = size;
        }
        List<Value> formatted = new ArrayList<>();
        for (int row = 0; row < (count < 0 ? 1 : count); row++) {
            List<Value> values = new ArrayList<>();
            for (int i = 1; i < arguments.size(); i++) {
                values.add(isSequence(arguments.get(i)) ? arguments.elements(i).get(row) : arguments.get(i));
            }
            formatted.add(Value.of(pattern.apply(values, arguments.bounded())));
        }
        return new Value.ListValue(Type.STRING, formatted);
    }

    private static boolean isSequence(Value value) {
        return value instanceof Value.ListValue || value instanceof Value.SetValue || value instanceof Value.TupleValue;
    }
}
