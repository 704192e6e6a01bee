package dev.skyhedge.specs.values;

import dev.skyhedge.specs.values.Value.ListValue;
import dev.skyhedge.specs.values.Value.MapValue;
import dev.skyhedge.specs.values.Value.ObjectValue;
import dev.skyhedge.specs.values.Value.SensitiveValue;
import dev.skyhedge.specs.values.Value.SetValue;
import dev.skyhedge.specs.values.Value.TupleValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes the sensitive marks off a value and all its parts, for code that marks its result again.
public final class Marks {
    private Marks() {}

    /// The same value without any mark; references to secrets stay what they are.
    public static Value strip(Value value) {
        if (!value.shape().sensitive()) {
            return value;
        }
        return switch (value) {
            case SensitiveValue(Value marked) -> strip(marked);
            case ListValue list -> new ListValue(list.element(), strip(list.elements()));
            case SetValue set -> Value.set(set.element(), strip(set.elements()));
            case TupleValue tuple -> new TupleValue(strip(tuple.elements()));
            case MapValue map -> new MapValue(map.element(), strip(map.entries()));
            case ObjectValue object -> new ObjectValue(strip(object.attributes()));
            case Value.StringValue v -> v;
            case Value.NumberValue v -> v;
            case Value.BoolValue v -> v;
            case Value.NullValue v -> v;
            case Value.UnknownValue v -> v;
            case Value.SecretValue v -> v;
        };
    }

    private static List<Value> strip(List<Value> elements) {
        return elements.stream().map(Marks::strip).toList();
    }

    private static Map<String, Value> strip(Map<String, Value> entries) {
        Map<String, Value> stripped = new LinkedHashMap<>();
        entries.forEach((key, value) -> stripped.put(key, strip(value)));
        return stripped;
    }
}
