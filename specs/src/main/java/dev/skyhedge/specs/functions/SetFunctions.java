package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.COLLECTION;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The algebra of sets. Lists and tuples become sets first.
final class SetFunctions {
    private static final Type SET = new Type.SetOf(Type.ANY);

    static final List<FunctionDefinition> ALL = List.of(
            function(COLLECTION, "setintersection")
                    .takes("first", SET)
                    .takesMany("others", SET)
                    .does("The elements that are in all sets.")
                    .example("setintersection([\"a\", \"b\"], [\"b\", \"c\"])", "toset([\"b\"])")
                    .as(SetFunctions::intersection),
            function(COLLECTION, "setproduct")
                    .takesMany("sets", Form.ELEMENTS)
                    .does("All ways to take one element from each, as tuples: a list if all are lists, else a set.")
                    .example(
                            "jsonencode(setproduct([\"a\", \"b\"], [1, 2]))",
                            "\"[[\\\"a\\\",1],[\\\"a\\\",2],[\\\"b\\\",1],[\\\"b\\\",2]]\"")
                    .asOfElements(SetFunctions::product),
            function(COLLECTION, "setsubtract")
                    .takes("set", SET)
                    .takes("without", SET)
                    .does("The elements of the first set that are not in the second.")
                    .example("setsubtract([\"a\", \"b\", \"c\"], [\"a\", \"c\"])", "toset([\"b\"])")
                    .as(SetFunctions::subtraction),
            function(COLLECTION, "setunion")
                    .takes("first", SET)
                    .takesMany("others", SET)
                    .does("The elements that are in any of the sets.")
                    .example("setunion([\"a\", \"b\"], [\"b\", \"c\"])", "toset([\"a\", \"b\", \"c\"])")
                    .as(SetFunctions::union));

    private SetFunctions() {}

    private static Value intersection(Arguments arguments) {
        Type type = Unified.elementType(arguments, 0);
        List<Value> common = Unified.to(arguments.elements(0), type);
        for (int i = 1; i < arguments.size(); i++) {
            Set<String> other = Unified.keys(Unified.to(arguments.elements(i), type));
            common = common.stream().filter(e -> other.contains(Unified.key(e))).toList();
        }
        return Value.set(type, common);
    }

    private static Value subtraction(Arguments arguments) {
        Type type = Unified.elementType(arguments, 0);
        Set<String> without = Unified.keys(Unified.to(arguments.elements(1), type));
        return Value.set(
                type,
                Unified.to(arguments.elements(0), type).stream()
                        .filter(e -> !without.contains(Unified.key(e)))
                        .toList());
    }

    private static Value union(Arguments arguments) {
        Type type = Unified.elementType(arguments, 0);
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            arguments.requireElements((long) all.size() + arguments.elements(i).size());
            all.addAll(Unified.to(arguments.elements(i), type));
        }
        return Value.set(type, all);
    }

    private static Value product(Arguments arguments) {
        if (arguments.size() < 2) {
            throw new FunctionException(-1, "at least two sets are required");
        }
        long count = 1;
        boolean ordered = true;
        List<List<Value>> factors = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            List<Value> elements = arguments.elements(i);
            Type type = Unified.type(elements);
            types.add(type);
            factors.add(Unified.to(elements, type));
            ordered &= !(arguments.get(i) instanceof Value.SetValue);
            count = Math.min(Integer.MAX_VALUE, count * elements.size());
        }
        arguments.requireElements(count);
        List<Value> tuples = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            tuples.add(row(factors, row));
        }
        Type tuple = new Type.TupleOf(types);
        return ordered ? new Value.ListValue(tuple, tuples) : Value.set(tuple, tuples);
    }

    private static Value row(List<List<Value>> factors, int row) {
        List<Value> tuple = new ArrayList<>();
        int rest = row;
        for (List<Value> factor : factors.reversed()) {
            tuple.addFirst(factor.get(rest % factor.size()));
            rest /= factor.size();
        }
        return new Value.TupleValue(tuple);
    }
}
