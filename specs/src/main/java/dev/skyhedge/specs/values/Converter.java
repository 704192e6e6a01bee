package dev.skyhedge.specs.values;

import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.values.Type.ListOf;
import dev.skyhedge.specs.values.Type.MapOf;
import dev.skyhedge.specs.values.Type.ObjectOf;
import dev.skyhedge.specs.values.Type.SetOf;
import dev.skyhedge.specs.values.Type.TupleOf;
import dev.skyhedge.specs.values.Value.BoolValue;
import dev.skyhedge.specs.values.Value.ListValue;
import dev.skyhedge.specs.values.Value.MapValue;
import dev.skyhedge.specs.values.Value.NullValue;
import dev.skyhedge.specs.values.Value.NumberValue;
import dev.skyhedge.specs.values.Value.ObjectValue;
import dev.skyhedge.specs.values.Value.SensitiveValue;
import dev.skyhedge.specs.values.Value.SetValue;
import dev.skyhedge.specs.values.Value.StringValue;
import dev.skyhedge.specs.values.Value.TupleValue;
import dev.skyhedge.specs.values.Value.UnknownValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One conversion. Depth is bounded by the depth of the type and of the value, which evaluation bounds.
final class Converter {
    private static final String SAME_TYPE = "all elements must have the same type";

    private final List<String> dropped = new ArrayList<>();
    /// How many marks there are around the part at hand; within them no key is told.
    private int marks;

    /// Ends a conversion at its first impossible part; never leaves this class.
    private static final class Impossible extends RuntimeException {
        private final Conversion.Refused refusal;

        Impossible(String path, String reason) {
            super(reason, null, false, false);
            this.refusal = new Conversion.Refused(path, reason);
        }
    }

    Conversion convert(Value value, Type type) {
        try {
            return new Conversion.Done(to(value, type, ""), List.copyOf(dropped));
        } catch (Impossible e) {
            return e.refusal;
        }
    }

    private Value to(Value value, Type type, String path) {
        if (type == Type.ANY || (type instanceof Type.Primitive && value.type() == type)) {
            return value;
        }
        return switch (value) {
            case SensitiveValue(Value marked) -> Value.sensitive(hidden(marked, type, path));
            case NullValue ignored -> new NullValue(type);
            case UnknownValue(Type known) -> unknown(known, type, path);
            default -> known(value, type, path);
        };
    }

    private Value hidden(Value marked, Type type, String path) {
        marks++;
        try {
            return to(marked, type, path);
        } finally {
            marks--;
        }
    }

    private String inside(String path, String step) {
        return marks > 0 ? path : path + step;
    }

    private static Value unknown(Type from, Type type, String path) {
        if (!isPossible(from, type)) {
            throw new Impossible(path, required(type));
        }
        return new UnknownValue(type);
    }

    /// Whether some value of the one type can become one of the other.
    private static boolean isPossible(Type from, Type to) {
        if (from == Type.ANY || to == Type.ANY) {
            return true;
        }
        return switch (to) {
            case Type.Primitive primitive ->
                from == primitive
                        || (from.isPrimitive()
                                && (from == Type.STRING || to == Type.STRING)
                                && from != Type.SECRET
                                && to != Type.SECRET);
            case ListOf(Type element) -> isSequence(from) && areElementsPossible(from, element);
            case SetOf(Type element) -> isSequence(from) && areElementsPossible(from, element);
            case TupleOf ignored -> from instanceof ListOf || from instanceof TupleOf;
            case MapOf(Type element) -> isKeyed(from) && areElementsPossible(from, element);
            case ObjectOf ignored -> isKeyed(from);
        };
    }

    private static boolean isSequence(Type type) {
        return type instanceof ListOf || type instanceof SetOf || type instanceof TupleOf;
    }

    private static boolean isKeyed(Type type) {
        return type instanceof MapOf || type instanceof ObjectOf;
    }

    private static boolean areElementsPossible(Type collection, Type element) {
        return switch (collection) {
            case ListOf(Type from) -> isPossible(from, element);
            case SetOf(Type from) -> isPossible(from, element);
            case MapOf(Type from) -> isPossible(from, element);
            case TupleOf(List<Type> types) -> types.stream().allMatch(from -> isPossible(from, element));
            case ObjectOf object ->
                object.attributes().values().stream().allMatch(from -> isPossible(from.type(), element));
            case Type.Primitive ignored -> false;
        };
    }

    private Value known(Value value, Type type, String path) {
        return switch (type) {
            case Type.Primitive primitive -> primitive(value, primitive, path);
            case ListOf(Type element) -> {
                List<Value> converted = elements(value, element, type, path);
                yield new ListValue(common(value, converted, element), converted);
            }
            case SetOf(Type element) -> {
                List<Value> converted = elements(value, element, type, path);
                yield Value.set(common(value, converted, element), converted);
            }
            case TupleOf(List<Type> types) -> tuple(value, types, type, path);
            case MapOf(Type element) -> map(value, element, type, path);
            case ObjectOf object -> object(value, object, path);
        };
    }

    private static Value primitive(Value value, Type type, String path) {
        if (type == Type.STRING && value instanceof NumberValue(var number)) {
            return Value.of(NumberText.of(number));
        }
        if (type == Type.STRING && value instanceof BoolValue(boolean truth)) {
            return Value.of(String.valueOf(truth));
        }
        if (type == Type.NUMBER && value instanceof StringValue(String text)) {
            return Value.of(NumberText.parse(text).orElseThrow(() -> new Impossible(path, required(type))));
        }
        if (type == Type.BOOL && value instanceof StringValue(String text)) {
            return switch (text) {
                case "true", "1" -> Value.of(true);
                case "false", "0" -> Value.of(false);
                default -> throw new Impossible(path, required(type));
            };
        }
        if (type == Type.STRING && value instanceof Value.SecretValue) {
            throw new Impossible(
                    path, "a string is required, and a secret is known at launch only: it stands alone in replica.env");
        }
        throw new Impossible(path, required(type));
    }

    private List<Value> elements(Value value, Type element, Type wanted, String path) {
        List<Value> elements = switch (value) {
            case ListValue list -> list.elements();
            case SetValue set -> set.elements();
            case TupleValue tuple -> tuple.elements();
            default -> throw new Impossible(path, required(wanted));
        };
        if (elements.isEmpty()) {
            requireConvertible(value.type(), element, path);
        }
        Type target = element == Type.ANY
                ? Unification.ofElements(elements.stream().map(Value::type).toList())
                        .orElseThrow(() -> new Impossible(path, SAME_TYPE))
                : element;
        List<Value> converted = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            converted.add(to(elements.get(i), target, inside(path, "[" + i + "]")));
        }
        return converted;
    }

    /// What has no elements still has a type of elements.
    private static void requireConvertible(Type collection, Type element, String path) {
        if (!areElementsPossible(collection, element)) {
            throw new Impossible(path, required(element));
        }
    }

    /// A bare null may be an entry of a map whatever the others are.
    private static Type commonOfEntries(Collection<Value> entries, Type element, String path) {
        if (element != Type.ANY) {
            return element;
        }
        List<Type> types =
                entries.stream().map(Value::type).filter(t -> t != Type.ANY).toList();
        return Unification.ofElements(types).orElseThrow(() -> new Impossible(path, SAME_TYPE));
    }

    /// The element type of a result: what was wanted, with the types that were found for any `any` in it. An
    /// empty collection keeps the element type that it had.
    private static Type common(Value source, Collection<Value> converted, Type element) {
        if (converted.isEmpty() && element == Type.ANY) {
            return switch (source) {
                case ListValue list -> list.element();
                case SetValue set -> set.element();
                case MapValue map -> map.element();
                default -> Type.ANY;
            };
        }
        if (element instanceof Type.Primitive && element != Type.ANY) {
            return element;
        }
        List<Type> types = converted.stream().map(Value::type).distinct().toList();
        if (element == Type.ANY) {
            return Unification.of(types).orElse(Type.ANY);
        }
        return types.size() == 1 ? types.getFirst() : element;
    }

    private Value tuple(Value value, List<Type> types, Type wanted, String path) {
        List<Value> elements = switch (value) {
            case TupleValue tuple -> tuple.elements();
            case ListValue list -> list.elements();
            default -> throw new Impossible(path, required(wanted));
        };
        if (elements.size() != types.size()) {
            throw new Impossible(path, "a tuple of " + types.size() + " elements is required");
        }
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            converted.add(to(elements.get(i), types.get(i), inside(path, "[" + i + "]")));
        }
        return new TupleValue(converted);
    }

    private Value map(Value value, Type element, Type wanted, String path) {
        Map<String, Value> entries = entries(value).orElseThrow(() -> new Impossible(path, required(wanted)));
        Type target = commonOfEntries(entries.values(), element, path);
        Map<String, Value> converted = new LinkedHashMap<>();
        entries.forEach((key, each) -> converted.put(key, to(each, target, inside(path, "[\"" + key + "\"]"))));
        return new MapValue(common(value, converted.values(), element), converted);
    }

    private static Optional<Map<String, Value>> entries(Value value) {
        return switch (value) {
            case MapValue map -> Optional.of(map.entries());
            case ObjectValue object -> Optional.of(object.attributes());
            default -> Optional.empty();
        };
    }

    private Value object(Value value, ObjectOf type, String path) {
        Map<String, Value> entries = entries(value).orElseThrow(() -> new Impossible(path, required(type)));
        Map<String, Value> converted = new LinkedHashMap<>();
        type.attributes().forEach((name, attribute) -> {
            Value given = entries.get(name);
            if (given == null && !attribute.optional()) {
                throw new Impossible(path, "attribute \"" + name + "\" is required");
            }
            Value chosen = given == null || given instanceof NullValue
                    ? attribute.fallback().orElse(new NullValue(attribute.type()))
                    : given;
            converted.put(name, to(chosen, attribute.type(), inside(path, "." + name)));
        });
        for (String name : entries.keySet()) {
            if (!type.attributes().containsKey(name) && marks > 0) {
                dropped.add("An attribute of a sensitive value is not part of the type and is ignored.");
            } else if (!type.attributes().containsKey(name)) {
                dropped.add("The attribute " + path + "." + name + " is not part of the type and is ignored."
                        + Suggestions.sentence(name, type.attributes().keySet()));
            }
        }
        return new ObjectValue(converted);
    }

    private static String required(Type type) {
        if (type == Type.BOOL) {
            return "a bool is required";
        }
        String article = type instanceof ObjectOf ? "an " : "a ";
        return article + type.friendly() + " is required";
    }
}
