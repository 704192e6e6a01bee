package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Equality;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Unification;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Values brought to their common type, and collections of them.
final class Unified {
    private Unified() {}

    /// The common type of the elements.
    static Type type(Collection<Value> elements) {
        return common(elements.stream().map(Value::type).toList());
    }

    private static Type common(List<Type> types) {
        return Unification.of(types)
                .orElseThrow(() -> new FunctionException(-1, "all elements must have the same type"));
    }

    /// The common element type of the collections at all arguments from that index on.
    static Type elementType(Arguments arguments, int from) {
        List<Type> types = new ArrayList<>();
        for (int i = from; i < arguments.size(); i++) {
            arguments.elements(i).forEach(element -> types.add(element.type()));
            types.add(declared(arguments.get(i)));
        }
        return common(types);
    }

    private static Type declared(Value value) {
        return switch (value) {
            case Value.ListValue list -> list.element();
            case Value.SetValue set -> set.element();
            default -> Type.ANY;
        };
    }

    /// The value as that type.
    static Value to(Value value, Type type) {
        return switch (Conversion.of(value, type)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused -> throw new FunctionException(-1, refused.message());
        };
    }

    /// The values as that type.
    static List<Value> to(Collection<Value> values, Type type) {
        return values.stream().map(v -> to(v, type)).toList();
    }

    /// A text that is the same for equal values of one type, so that large collections need not be searched.
    static String key(Value value) {
        return ValueJson.write(value);
    }

    /// The keys of all.
    static Set<String> keys(Collection<Value> values) {
        return values.stream().map(Unified::key).collect(Collectors.toSet());
    }

    /// Whether an equal value is among them.
    static boolean contains(Collection<Value> values, Value wanted) {
        return values.stream().anyMatch(v -> Equality.test(v, wanted));
    }
}
