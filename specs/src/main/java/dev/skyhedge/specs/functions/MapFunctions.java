package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.COLLECTION;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Functions that make maps of lists and the other way round.
final class MapFunctions {
    private static final Type STRINGS = new Type.ListOf(Type.STRING);

    static final List<FunctionDefinition> ALL = List.of(
            function(COLLECTION, "transpose")
                    .takes("map", new Type.MapOf(STRINGS))
                    .returns(new Type.MapOf(STRINGS))
                    .does("The map turned around: for each element of the lists, the keys of the lists that it is in.")
                    .example(
                            "jsonencode(transpose({ a = [\"1\", \"2\"], b = [\"2\"] }))",
                            "\"{\\\"1\\\":[\\\"a\\\"],\\\"2\\\":[\\\"a\\\",\\\"b\\\"]}\"")
                    .as(MapFunctions::transpose),
            function(COLLECTION, "zipmap")
                    .takes(Effort.PASS)
                    .takes("keys", STRINGS)
                    .takes("values", Form.ELEMENTS)
                    .does("A map of the keys, each with the value at the same place.")
                    .example("zipmap([\"a\", \"b\"], [1, 2])", "{ a = 1, b = 2 }")
                    .asOfElements(MapFunctions::zip));

    private MapFunctions() {}

    private static Value transpose(Arguments arguments) {
        Map<String, List<Value>> transposed = new TreeMap<>();
        arguments.entries(0).forEach((key, list) -> {
            for (Value element : elements(list)) {
                if (!(element instanceof Value.StringValue(String text))) {
                    throw new FunctionException(0, "the lists may not have null in them");
                }
                transposed.computeIfAbsent(text, ignored -> new ArrayList<>()).add(Value.of(key));
            }
        });
        Map<String, Value> lists = new LinkedHashMap<>();
        transposed.forEach((key, list) -> lists.put(key, new Value.ListValue(Type.STRING, list)));
        return new Value.MapValue(STRINGS, lists);
    }

    private static List<Value> elements(Value list) {
        if (list instanceof Value.ListValue known) {
            return known.elements();
        }
        throw new FunctionException(0, "no list may be null");
    }

    private static Value zip(Arguments arguments) {
        boolean sensitive =
                arguments.elements(0).stream().anyMatch(key -> key.shape().sensitive());
        if (arguments.elements(0).stream().anyMatch(key -> !key.shape().known())) {
            return Value.sensitive(Implementation.unknown(Type.ANY), sensitive);
        }
        List<String> keys = arguments.texts(0);
        if (arguments.get(1) instanceof Value.SetValue) {
            throw new FunctionException(1, "a list or tuple is required");
        }
        List<Value> values = arguments.elements(1);
        if (keys.size() != values.size()) {
            throw new FunctionException(
                    -1, "there are " + keys.size() + " keys and " + values.size() + " values, which must be as many");
        }
        Map<String, Value> zipped = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            zipped.put(keys.get(i), values.get(i));
        }
        Value result = arguments.get(1) instanceof Value.ListValue list
                ? new Value.MapValue(list.element(), zipped)
                : new Value.ObjectValue(zipped);
        return Value.sensitive(result, sensitive);
    }
}
