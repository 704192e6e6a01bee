package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.COLLECTION;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.values.CodePointOrder;
import dev.skyhedge.specs.values.Equality;
import dev.skyhedge.specs.values.Rounding;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Functions of lists that look at the order or at all elements together.
final class ListFunctions {
    private static final Type STRINGS = new Type.ListOf(Type.STRING);
    private static final Type BOOLS = new Type.ListOf(Type.BOOL);
    private static final Type LIST = new Type.ListOf(Type.ANY);

    static final List<FunctionDefinition> ALL = List.of(
            function(COLLECTION, "alltrue")
                    .takes("list", BOOLS)
                    .returns(Type.BOOL)
                    .does("Whether all elements are true. Of no elements they are.")
                    .example("alltrue([\"true\", true])", "true")
                    .example("alltrue([])", "true")
                    .as(arguments ->
                            Value.of(arguments.elements(0).stream().allMatch(e -> Equality.test(e, Value.of(true))))),
            function(COLLECTION, "anytrue")
                    .takes("list", BOOLS)
                    .returns(Type.BOOL)
                    .does("Whether any element is true.")
                    .example("anytrue([false, true])", "true")
                    .example("anytrue([])", "false")
                    .as(arguments -> Value.of(Unified.contains(arguments.elements(0), Value.of(true)))),
            function(COLLECTION, "chunklist")
                    .takes(Effort.PASS)
                    .takes("list", LIST)
                    .takes("size", Type.NUMBER)
                    .does(
                            "The elements in lists of that size, the last of which may be shorter. A size of 0 makes one.")
                    .example("jsonencode(chunklist([1, 2, 3], 2))", "\"[[1,2],[3]]\"")
                    .asOfElements(ListFunctions::chunks),
            function(COLLECTION, "coalescelist")
                    .takes(Effort.PASS)
                    .takesMany("lists", Form.ELEMENTS)
                    .does("The first list that has elements.")
                    .example("coalescelist([], [\"a\"], [\"b\"])", "[\"a\"]")
                    .as(ListFunctions::coalesce),
            function(COLLECTION, "compact")
                    .takes("list", STRINGS)
                    .returns(STRINGS)
                    .does("The elements that are neither null nor empty strings.")
                    .example("compact([\"a\", \"\", null, \"b\"])", "tolist([\"a\", \"b\"])")
                    .as(arguments -> new Value.ListValue(
                            Type.STRING,
                            arguments.elements(0).stream()
                                    .filter(e -> !(e instanceof Value.NullValue) && !e.equals(Value.of("")))
                                    .toList())),
            function(COLLECTION, "distinct")
                    .takes("list", LIST)
                    .does("The elements in their order, each only the first time.")
                    .example("distinct([\"b\", \"a\", \"b\"])", "tolist([\"b\", \"a\"])")
                    .as(ListFunctions::distinct),
            function(COLLECTION, "index")
                    .takes(Effort.PASS)
                    .takes("list", Form.ELEMENTS)
                    .takes("value", Type.ANY)
                    .returns(Type.NUMBER)
                    .does("The index of the first element that equals the value. None is an error.")
                    .example("index([\"a\", \"b\"], \"b\")", "1")
                    .as(ListFunctions::index),
            function(COLLECTION, "matchkeys")
                    .takes("values", LIST)
                    .takes("keys", LIST)
                    .takes("wanted", LIST)
                    .does("The values at those places where the key is one of the wanted.")
                    .example("matchkeys([\"x\", \"y\"], [\"a\", \"b\"], [\"b\"])", "tolist([\"y\"])")
                    .as(ListFunctions::matchKeys),
            function(COLLECTION, "one")
                    .takes(Effort.CONSTANT)
                    .takes("list", Form.ELEMENTS)
                    .does("The only element, or null if there is none. More are an error.")
                    .example("one([\"a\"])", "\"a\"")
                    .example("one([]) == null", "true")
                    .as(ListFunctions::one),
            function(COLLECTION, "reverse")
                    .takes(Effort.PASS)
                    .takes("list", Form.ELEMENTS)
                    .does("The elements in reverse order.")
                    .example("reverse([1, 2, 3])", "[3, 2, 1]")
                    .asOfElements(arguments ->
                            like(arguments.get(0), arguments.elements(0).reversed())),
            function(COLLECTION, "slice")
                    .takes(Effort.PASS)
                    .takes("list", Form.ELEMENTS)
                    .takes("start", Type.NUMBER)
                    .takes("end", Type.NUMBER)
                    .does("The elements from the start index up to but not with the end index.")
                    .example("slice([\"a\", \"b\", \"c\", \"d\"], 1, 3)", "[\"b\", \"c\"]")
                    .asOfElements(ListFunctions::slice),
            function(COLLECTION, "sort")
                    .takes("list", STRINGS)
                    .returns(STRINGS)
                    .does("The strings in the order of their code points. Numbers become strings.")
                    .example("sort([3, 10, 2])", "tolist([\"10\", \"2\", \"3\"])")
                    .as(arguments -> new Value.ListValue(
                            Type.STRING,
                            arguments.texts(0).stream()
                                    .sorted(CodePointOrder.INSTANCE)
                                    .map(Value::of)
                                    .toList())),
            function(COLLECTION, "sum")
                    .takes("list", Form.ELEMENTS)
                    .returns(Type.NUMBER)
                    .does("The sum of the numbers, of which there must be at least one.")
                    .example("sum([10, 13, 6, 4.5])", "33.5")
                    .as(ListFunctions::sum));

    private ListFunctions() {}

    private static Value chunks(Arguments arguments) {
        List<Value> elements = arguments.elements(0);
        int size = arguments.integer(1);
        if (size < 0) {
            throw new FunctionException(1, "a number that is not negative is required");
        }
        Type type = Unified.elementType(arguments.first(), 0);
        int step = size == 0 ? Math.max(1, elements.size()) : size;
        List<Value> chunks = new ArrayList<>();
        for (int from = 0; from < elements.size(); from += step) {
            chunks.add(new Value.ListValue(type, elements.subList(from, Math.min(elements.size(), from + step))));
        }
        return new Value.ListValue(new Type.ListOf(type), chunks);
    }

    private static Value coalesce(Arguments arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof Value.ListValue || arguments.get(i) instanceof Value.TupleValue)) {
                throw new FunctionException(i, "a list or tuple is required");
            }
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.elements(i).isEmpty()) {
                return arguments.get(i);
            }
        }
        throw new FunctionException(-1, "no list has any element");
    }

    private static Value distinct(Arguments arguments) {
        Set<String> seen = new HashSet<>();
        return new Value.ListValue(
                Unified.elementType(arguments, 0),
                arguments.elements(0).stream()
                        .filter(e -> seen.add(Unified.key(e)))
                        .toList());
    }

    private static Value index(Arguments arguments) {
        if (arguments.get(0) instanceof Value.SetValue) {
            throw new FunctionException(0, "a list or tuple is required");
        }
        List<Value> elements = arguments.elements(0);
        for (int i = 0; i < elements.size(); i++) {
            if (Equality.test(elements.get(i), arguments.get(1))) {
                return Value.of(i);
            }
        }
        throw new FunctionException(1, "the value is not an element of the list");
    }

    private static Value matchKeys(Arguments arguments) {
        List<Value> values = arguments.elements(0);
        List<Value> keys = arguments.elements(1);
        if (values.size() != keys.size()) {
            throw new FunctionException(1, "there must be as many keys as values");
        }
        Type type = Unified.elementType(arguments, 1);
        Set<String> wanted = Unified.keys(Unified.to(arguments.elements(2), type));
        List<Value> matched = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (wanted.contains(Unified.key(Unified.to(keys.get(i), type)))) {
                matched.add(values.get(i));
            }
        }
        return new Value.ListValue(Unified.elementType(arguments.first(), 0), matched);
    }

    private static Value one(Arguments arguments) {
        List<Value> elements = arguments.elements(0);
        if (elements.size() > 1) {
            throw new FunctionException(0, "a list of at most one element is required");
        }
        return elements.isEmpty() ? Value.nothing() : elements.getFirst();
    }

    private static Value slice(Arguments arguments) {
        if (arguments.get(0) instanceof Value.SetValue) {
            throw new FunctionException(0, "a set has no order to slice; convert it with tolist first");
        }
        List<Value> elements = arguments.elements(0);
        int start = arguments.integer(1);
        int end = arguments.integer(2);
        if (start < 0 || start > elements.size()) {
            throw new FunctionException(1, "the start must be from 0 to the number of elements");
        }
        if (end < start || end > elements.size()) {
            throw new FunctionException(2, "the end must be from the start to the number of elements");
        }
        return like(arguments.get(0), elements.subList(start, end));
    }

    private static Value sum(Arguments arguments) {
        List<Value> elements = arguments.elements(0);
        if (elements.isEmpty()) {
            throw new FunctionException(0, "at least one number is required");
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Value element : elements) {
            Value number = Unified.to(element, Type.NUMBER);
            if (!(number instanceof Value.NumberValue(BigDecimal summand))) {
                throw new FunctionException(0, "a list of numbers without null is required");
            }
            sum = Rounding.computed(sum.add(summand));
        }
        return Value.of(sum);
    }

    private static Value like(Value source, List<Value> elements) {
        return switch (source) {
            case Value.ListValue list -> new Value.ListValue(list.element(), elements);
            case Value.SetValue set -> new Value.ListValue(set.element(), elements);
            default -> new Value.TupleValue(elements);
        };
    }
}
