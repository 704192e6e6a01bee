package dev.skyhedge.specs.values;

import dev.skyhedge.specs.values.Value.BoolValue;
import dev.skyhedge.specs.values.Value.NumberValue;
import dev.skyhedge.specs.values.Value.StringValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The order of a set's elements: strings by code point, numbers by size, false before true; anything else by
/// its type and JSON text, which is arbitrary but the same in every run.
final class ValueOrder implements Comparator<Value> {
    private static final ValueOrder INSTANCE = new ValueOrder();

    private ValueOrder() {}

    static List<Value> distinctSorted(Collection<Value> elements) {
        List<Value> sorted = new ArrayList<>(elements);
        sorted.sort(INSTANCE);
        List<Value> distinct = new ArrayList<>();
        for (Value value : sorted) {
            if (distinct.isEmpty() || INSTANCE.compare(distinct.getLast(), value) != 0) {
                distinct.add(value);
            }
        }
        return List.copyOf(distinct);
    }

    @Override
    public int compare(Value left, Value right) {
        Value a = left.unmarked();
        Value b = right.unmarked();
        if (a instanceof StringValue(String x) && b instanceof StringValue(String y)) {
            return CodePointOrder.INSTANCE.compare(x, y);
        }
        if (a instanceof NumberValue(var x) && b instanceof NumberValue(var y)) {
            return Rounding.compare(x, y);
        }
        if (a instanceof BoolValue(boolean x) && b instanceof BoolValue(boolean y)) {
            return Boolean.compare(x, y);
        }
        int byType = a.type().toString().compareTo(b.type().toString());
        return byType != 0 ? byType : CodePointOrder.INSTANCE.compare(ValueJson.key(a), ValueJson.key(b));
    }
}
