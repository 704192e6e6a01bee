package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.ENCODING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.util.List;

/// Functions that write and read other notations.
final class EncodingFunctions {
    static final List<FunctionDefinition> ALL = List.of(function(ENCODING, "jsonencode")
            .takesNullable("value", Type.ANY)
            .returns(Type.STRING)
            .does("The value as compact JSON with sorted keys.")
            .example("jsonencode({ b = 1.50, a = [true, null] })", "\"{\\\"a\\\":[true,null],\\\"b\\\":1.5}\"")
            .as(arguments -> Value.of(
                    ValueJson.write(arguments.get(0), arguments.limits().stringLength()))));

    private EncodingFunctions() {}
}
