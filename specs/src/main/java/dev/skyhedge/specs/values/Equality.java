package dev.skyhedge.specs.values;

import dev.skyhedge.specs.values.Value.ListValue;
import dev.skyhedge.specs.values.Value.MapValue;
import dev.skyhedge.specs.values.Value.NullValue;
import dev.skyhedge.specs.values.Value.NumberValue;
import dev.skyhedge.specs.values.Value.ObjectValue;
import dev.skyhedge.specs.values.Value.SetValue;
import dev.skyhedge.specs.values.Value.TupleValue;
import java.util.Iterator;
import java.util.List;
import java.util.SequencedMap;

/// The language's `==` on known values without marks: never converts, numbers by size, two nulls are equal,
/// values of different types are not.
public final class Equality {
    private Equality() {}

    /// Whether both are the same value of the same type.
    public static boolean test(Value a, Value b) {
        if (a instanceof NullValue || b instanceof NullValue) {
            return a instanceof NullValue && b instanceof NullValue;
        }
        return switch (a) {
            case NumberValue(var x) -> b instanceof NumberValue(var y) && Rounding.compare(x, y) == 0;
            case ListValue x -> b instanceof ListValue y && same(x.elements(), y.elements());
            case SetValue x -> b instanceof SetValue y && same(x.elements(), y.elements());
            case TupleValue x -> b instanceof TupleValue y && same(x.elements(), y.elements());
            case MapValue x -> b instanceof MapValue y && same(x.entries(), y.entries());
            case ObjectValue x -> b instanceof ObjectValue y && same(x.attributes(), y.attributes());
            case Value.StringValue x -> x.equals(b);
            case Value.BoolValue x -> x.equals(b);
            case Value.SecretValue x -> x.equals(b);
            case NullValue x -> b instanceof NullValue;
            case Value.UnknownValue x -> throw new IllegalArgumentException("Unknown " + x);
            case Value.SensitiveValue x -> throw new IllegalArgumentException("Marked value");
        };
    }

    private static boolean same(List<Value> a, List<Value> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<Value> other = b.iterator();
        return a.stream().allMatch(x -> test(x, other.next()));
    }

    private static boolean same(SequencedMap<String, Value> a, SequencedMap<String, Value> b) {
        return a.keySet().equals(b.keySet()) && same(List.copyOf(a.values()), List.copyOf(b.values()));
    }
}
