package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.COLLECTION;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Equality;
import dev.skyhedge.specs.values.Rounding;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Unification;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Functions of lists, sets, tuples, maps and objects.
final class CollectionFunctions {
    private static final Type STRINGS = new Type.ListOf(Type.STRING);

    static final List<FunctionDefinition> ALL = List.of(
            function(COLLECTION, "coalesce")
                    .takes(Effort.PASS)
                    .takesManyNullable("values", Type.ANY)
                    .does("The first value that is neither null nor an empty string.")
                    .example("coalesce(null, \"\", \"b\")", "\"b\"")
                    .asOfAny(CollectionFunctions::coalesce),
            function(COLLECTION, "concat")
                    .takes(Effort.PASS)
                    .takesMany("lists", Form.ELEMENTS)
                    .does("All elements of the lists in one.")
                    .example("concat([1], [\"a\"])", "[1, \"a\"]")
                    .asOfElements(CollectionFunctions::concat),
            function(COLLECTION, "contains")
                    .takes(Effort.PASS)
                    .takes("list", Form.ELEMENTS)
                    .takes("value", Type.ANY)
                    .returns(Type.BOOL)
                    .does("Whether the value is among the elements. Converts nothing.")
                    .example("contains([\"a\", \"b\"], \"a\")", "true")
                    .example("contains([1], \"1\")", "false")
                    .as(arguments ->
                            Value.of(arguments.elements(0).stream().anyMatch(e -> Equality.test(e, arguments.get(1))))),
            function(COLLECTION, "element")
                    .takes(Effort.CONSTANT)
                    .takes("list", Form.ELEMENTS)
                    .takes("index", Type.NUMBER)
                    .does("The element at the index, which wraps around at the ends.")
                    .example("element([\"a\", \"b\", \"c\"], 4)", "\"b\"")
                    .example("element([\"a\", \"b\", \"c\"], -1)", "\"c\"")
                    .asOfElements(CollectionFunctions::element),
            function(COLLECTION, "flatten")
                    .takes(Effort.PASS)
                    .takes("list", Form.ELEMENTS)
                    .does("The elements of the list and of all lists in it.")
                    .example("flatten([[\"a\", []], [[\"b\"]], \"c\"])", "[\"a\", \"b\", \"c\"]")
                    .asOfElements(CollectionFunctions::flatten),
            function(COLLECTION, "keys")
                    .takes(Effort.PASS)
                    .takes("map", Form.ENTRIES)
                    .does("The keys, sorted.")
                    .example("keys({ b = 1, a = 2 })", "[\"a\", \"b\"]")
                    .asOfElements(CollectionFunctions::keys),
            function(COLLECTION, "length")
                    .takes(Effort.CONSTANT)
                    .takes("collection", Form.SIZED)
                    .returns(Type.NUMBER)
                    .does("The number of elements, or of characters as a reader counts them.")
                    .example("length([1, 2])", "2")
                    .example("length(\"👨‍👩‍👧\")", "1")
                    .asOfElements(CollectionFunctions::length),
            function(COLLECTION, "lookup")
                    .takes(Effort.CONSTANT)
                    .takes("map", Form.ENTRIES)
                    .takes("key", Type.STRING)
                    .takesManyNullable("default", Type.ANY)
                    .does("The element with that key, or the default. Without a default a missing key is an error.")
                    .example("lookup({ a = \"x\" }, \"b\", \"none\")", "\"none\"")
                    .asOfElements(CollectionFunctions::lookup),
            function(COLLECTION, "merge")
                    .takes(Effort.PASS)
                    .takesManyNullable("maps", Form.ENTRIES)
                    .does("All entries of the maps in one; later maps win. A null counts as empty.")
                    .example("merge({ a = 1, b = 1 }, { b = 2 })", "{ a = 1, b = 2 }")
                    .asOfElements(CollectionFunctions::merge),
            function(COLLECTION, "range")
                    .takes("start_or_limit", Type.NUMBER)
                    .takesMany("limit_and_step", Type.NUMBER)
                    .returns(new Type.ListOf(Type.NUMBER))
                    .does("Numbers from the start (0), up to but not with the limit, by the step (1).")
                    .example("range(3)", "tolist([0, 1, 2])")
                    .example("range(1, 8, 3)", "tolist([1, 4, 7])")
                    .as(CollectionFunctions::range),
            function(COLLECTION, "values")
                    .takes(Effort.PASS)
                    .takes("map", Form.ENTRIES)
                    .does("The elements, in the order of their keys.")
                    .example("values({ b = 1, a = 2 })", "[2, 1]")
                    .asOfElements(CollectionFunctions::values));

    private CollectionFunctions() {}

    private static Value coalesce(Arguments arguments) {
        List<Value> given = arguments.values();
        Type type = Unification.of(given.stream().map(Value::type).toList())
                .orElseThrow(() -> new FunctionException(-1, "all values must have the same type"));
        boolean sensitive = false;
        for (Value value : given) {
            sensitive |= value.isMarked();
            Value bare = value.unmarked();
            if (bare instanceof Value.UnknownValue) {
                return Value.sensitive(Implementation.unknown(type), sensitive);
            }
            boolean empty = bare instanceof Value.NullValue || bare.equals(Value.of(""));
            if (!empty && Conversion.of(bare, type) instanceof Conversion.Done(Value converted, var ignored)) {
                return Value.sensitive(converted, sensitive);
            }
        }
        throw new FunctionException(-1, "no value is neither null nor an empty string");
    }

    private static Value concat(Arguments arguments) {
        if (arguments.size() == 0) {
            throw new FunctionException(-1, "at least one list is required");
        }
        List<Value> all = new ArrayList<>();
        boolean lists = true;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof Value.SetValue) {
                throw new FunctionException(i, "a set has no order; convert it with tolist first, or use setunion");
            }
            arguments.requireElements((long) all.size() + arguments.elements(i).size());
            all.addAll(arguments.elements(i));
            lists &= arguments.get(i) instanceof Value.ListValue;
        }
        Value tuple = new Value.TupleValue(all);
        return lists
                        && Conversion.of(tuple, new Type.ListOf(Type.ANY))
                                instanceof Conversion.Done(Value list, var ignored)
                ? list
                : tuple;
    }

    private static Value element(Arguments arguments) {
        if (arguments.get(0) instanceof Value.SetValue) {
            throw new FunctionException(0, "a set has no order; convert it with tolist first");
        }
        List<Value> elements = arguments.elements(0);
        if (elements.isEmpty()) {
            throw new FunctionException(0, "cannot use element with an empty list");
        }
        BigInteger size = BigInteger.valueOf(elements.size());
        return elements.get(arguments.whole(1).mod(size).intValueExact());
    }

    private static Value flatten(Arguments arguments) {
        List<Value> flat = new ArrayList<>();
        boolean sensitive = flatten(arguments.elements(0), flat, arguments);
        if (flat.stream().anyMatch(v -> v instanceof Value.UnknownValue(Type type) && !type.isPrimitive())) {
            return Value.sensitive(Implementation.unknown(Type.ANY), sensitive);
        }
        return Value.sensitive(new Value.TupleValue(flat), sensitive);
    }

    /// @return whether a list whose elements are among the result is sensitive as a whole
    private static boolean flatten(List<Value> elements, List<Value> flat, Arguments arguments) {
        boolean sensitive = false;
        for (Value element : elements) {
            Optional<List<Value>> inner = switch (element.unmarked()) {
                case Value.ListValue list -> Optional.of(list.elements());
                case Value.SetValue set -> Optional.of(set.elements());
                case Value.TupleValue tuple -> Optional.of(tuple.elements());
                default -> Optional.empty();
            };
            if (inner.isPresent()) {
                sensitive |= element.isMarked() | flatten(inner.get(), flat, arguments);
            } else {
                arguments.requireElements(flat.size() + 1L);
                flat.add(element);
            }
        }
        return sensitive;
    }

    private static Value keys(Arguments arguments) {
        List<Value> keys = arguments.entries(0).keySet().stream().map(Value::of).toList();
        return arguments.get(0) instanceof Value.MapValue
                ? new Value.ListValue(Type.STRING, keys)
                : new Value.TupleValue(keys);
    }

    private static Value values(Arguments arguments) {
        List<Value> values = List.copyOf(arguments.entries(0).values());
        return arguments.get(0) instanceof Value.MapValue map
                ? new Value.ListValue(map.element(), values)
                : new Value.TupleValue(values);
    }

    private static Value length(Arguments arguments) {
        return switch (arguments.get(0)) {
            case Value.StringValue(String text) -> Value.of(Graphemes.of(text).size());
            case Value.MapValue map -> Value.of(map.entries().size());
            case Value.ObjectValue object -> Value.of(object.attributes().size());
            case Value.SetValue set
            when !set.shape().known() && set.elements().size() > 1 -> Implementation.unknown(Type.NUMBER);
            default -> Value.of(arguments.elements(0).size());
        };
    }

    private static Value lookup(Arguments arguments) {
        if (arguments.size() > 3) {
            throw new FunctionException(3, "at most one default may be given");
        }
        Value found = arguments.entries(0).get(arguments.text(1));
        if (found != null) {
            return found;
        }
        if (arguments.size() < 3) {
            throw new FunctionException(1, "the map has no key \"" + arguments.text(1) + "\", and there is no default");
        }
        Type type = arguments.get(0) instanceof Value.MapValue map ? map.element() : Type.ANY;
        return switch (Conversion.of(arguments.get(2), type)) {
            case Conversion.Done(Value value, var ignored) -> value;
            case Conversion.Refused refused ->
                throw new FunctionException(2, "the default must fit the map's elements: " + refused.message());
        };
    }

    private static Value merge(Arguments arguments) {
        Map<String, Value> merged = new LinkedHashMap<>();
        Set<Optional<Type>> elements = new HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.has(i)) {
                merged.putAll(arguments.entries(i));
                elements.add(
                        arguments.get(i) instanceof Value.MapValue map ? Optional.of(map.element()) : Optional.empty());
            }
        }
        arguments.requireElements(merged.size());
        // Maps of different elements make an object: brought to one type, a number would become a string.
        return elements.size() == 1
                ? elements.iterator()
                        .next()
                        .<Value>map(element -> new Value.MapValue(element, merged))
                        .orElseGet(() -> new Value.ObjectValue(merged))
                : new Value.ObjectValue(merged);
    }

    private static Value range(Arguments arguments) {
        if (arguments.size() > 3) {
            throw new FunctionException(3, "start, limit and step at most may be given");
        }
        BigDecimal start = arguments.size() > 1 ? arguments.number(0) : BigDecimal.ZERO;
        BigDecimal limit = arguments.number(arguments.size() > 1 ? 1 : 0);
        int direction = limit.compareTo(start);
        BigDecimal step = arguments.size() > 2 ? arguments.number(2) : BigDecimal.valueOf(direction < 0 ? -1 : 1);
        if (step.signum() == 0 || (direction != 0 && step.signum() != direction)) {
            throw new FunctionException(2, "the step must lead from the start to the limit");
        }
        List<Value> numbers = new ArrayList<>();
        for (BigDecimal at = start;
                Rounding.compare(at, limit) == -step.signum();
                at = Rounding.computed(at.add(step))) {
            arguments.requireElements(numbers.size() + 1L);
            numbers.add(Value.of(at));
        }
        return new Value.ListValue(Type.NUMBER, numbers);
    }
}
