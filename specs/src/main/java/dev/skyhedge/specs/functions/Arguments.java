package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.values.BoundedText;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SequencedMap;

/// The arguments of a call, already converted to the parameters' types.
///
/// @param values in order
/// @param limits what the result must keep
/// @param surroundings what few functions see besides their arguments
public record Arguments(List<Value> values, Limits limits, Surroundings surroundings) {
    /// How many.
    public int size() {
        return values.size();
    }

    /// The argument at that index.
    public Value get(int index) {
        return values.get(index);
    }

    /// The first argument alone.
    public Arguments first() {
        return new Arguments(values.subList(0, 1), limits, surroundings);
    }

    /// Whether the argument is there and not null.
    public boolean has(int index) {
        return index < values.size() && !(values.get(index) instanceof Value.NullValue);
    }

    /// The text of an argument of type string.
    public String text(int index) {
        return get(index) instanceof Value.StringValue(String text) ? text : wrong(index, Type.STRING);
    }

    /// The number of an argument of type number.
    public BigDecimal number(int index) {
        return get(index) instanceof Value.NumberValue(BigDecimal number) ? number : wrong(index, Type.NUMBER);
    }

    /// The truth of an argument of type bool.
    public boolean truth(int index) {
        return get(index) instanceof Value.BoolValue(boolean truth) ? truth : wrong(index, Type.BOOL);
    }

    /// A whole number.
    public BigInteger whole(int index) {
        try {
            return number(index).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new FunctionException(index, "a whole number is required");
        }
    }

    /// A whole number, of which no more than the range of an int matters.
    public int integer(int index) {
        return whole(index)
                .max(BigInteger.valueOf(Integer.MIN_VALUE))
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .intValueExact();
    }

    /// The elements of a list, set or tuple.
    public List<Value> elements(int index) {
        return switch (get(index)) {
            case Value.ListValue list -> list.elements();
            case Value.SetValue set -> set.elements();
            case Value.TupleValue tuple -> tuple.elements();
            default -> throw new FunctionException(index, "a list, set or tuple is required");
        };
    }

    /// The entries of a map or object, by key.
    public SequencedMap<String, Value> entries(int index) {
        return switch (get(index)) {
            case Value.MapValue map -> map.entries();
            case Value.ObjectValue object -> object.attributes();
            default -> throw new FunctionException(index, "a map or object is required");
        };
    }

    /// The texts of a list of strings without nulls.
    public List<String> texts(int index) {
        return elements(index).stream().map(v -> string(index, v)).toList();
    }

    private static String string(int index, Value value) {
        if (value.unmarked() instanceof Value.StringValue(String text)) {
            return text;
        }
        throw new FunctionException(index, "all elements must be strings, and none may be null");
    }

    /// A text to write a result to, that keeps the limit on strings.
    public BoundedText bounded() {
        return new BoundedText(limits.stringLength());
    }

    /// Refuses a collection that would have too many elements, before it is made.
    public void requireElements(long count) {
        if (count > limits.collectionElements()) {
            throw new ValueException("A collection may have at most " + limits.collectionElements() + " elements.");
        }
    }

    private static <T> T wrong(int index, Type type) {
        throw new FunctionException(index, "a " + type.friendly() + " is required");
    }
}
