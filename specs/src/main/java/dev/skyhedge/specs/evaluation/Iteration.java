package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// `for` expressions.
final class Iteration {
    /// A key with its value: an index, a name, or the element of a set itself.
    record Pair(Value key, Value value) {}

    private final Evaluator evaluator;

    Iteration(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// The pairs of a known collection without a mark.
    static List<Pair> pairs(Value collection, Expression node, Scope scope) {
        return switch (collection) {
            case Value.ListValue list -> indexed(list.elements());
            case Value.TupleValue tuple -> indexed(tuple.elements());
            case Value.SetValue set ->
                set.elements().stream().map(e -> new Pair(e, e)).toList();
            case Value.MapValue map -> keyed(map.entries());
            case Value.ObjectValue object -> keyed(object.attributes());
            case Value.NullValue ignored ->
                throw EvaluationException.at(
                        node,
                        scope,
                        "Iteration over null value",
                        "A null value cannot be used as the collection in a 'for'.");
            default -> throw notIterable(collection.type(), node, scope);
        };
    }

    /// Refuses an unknown value that has no elements, whatever it will be.
    static void requireIterable(Type type, Expression node, Scope scope) {
        if (type.isPrimitive() && type != Type.ANY) {
            throw notIterable(type, node, scope);
        }
    }

    private static EvaluationException notIterable(Type type, Expression node, Scope scope) {
        return EvaluationException.at(
                node,
                scope,
                "Iteration over non-iterable value",
                "A value of type " + type + " cannot be used as the collection in a 'for'.");
    }

    private static List<Pair> indexed(List<Value> elements) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            pairs.add(new Pair(Value.of(i), elements.get(i)));
        }
        return pairs;
    }

    private static List<Pair> keyed(SequencedMap<String, Value> entries) {
        return entries.entrySet().stream()
                .map(e -> new Pair(Value.of(e.getKey()), e.getValue()))
                .toList();
    }

    static Scope bind(Scope scope, Optional<String> keyName, String valueName, Pair pair) {
        Scope keyed = keyName.map(name -> scope.with(name, pair.key())).orElse(scope);
        return keyed.with(valueName, pair.value());
    }

    Value run(Expression.For node, Scope scope) {
        Value collection = evaluator.evaluate(node.collection(), scope);
        if (collection.unmarked() instanceof Value.UnknownValue(Type type)) {
            requireIterable(type, node.collection(), scope);
            return Value.sensitive(new Value.UnknownValue(Type.ANY), collection.isMarked());
        }
        return new Run(node, collection.isMarked()).over(pairs(collection.unmarked(), node.collection(), scope), scope);
    }

    /// One run of one expression.
    private final class Run {
        private final Expression.For node;
        private final List<Value> elements = new ArrayList<>();
        private final Map<String, Value> attributes = new LinkedHashMap<>();
        private final SequencedMap<String, List<Value>> groups = new LinkedHashMap<>();
        private boolean sensitive;
        private boolean unknown;

        Run(Expression.For node, boolean sensitive) {
            this.node = node;
            this.sensitive = sensitive;
        }

        Value over(List<Pair> pairs, Scope scope) {
            for (Pair pair : pairs) {
                Scope inner = bind(scope, node.keyName(), node.valueName(), pair);
                if (node.condition().isEmpty() || wanted(node.condition().get(), inner)) {
                    add(inner);
                }
            }
            groups.forEach((key, values) -> attributes.put(key, new Value.TupleValue(values)));
            Value result = unknown
                    ? new Value.UnknownValue(Type.ANY)
                    : node.key().isPresent() ? new Value.ObjectValue(attributes) : new Value.TupleValue(elements);
            return Value.sensitive(result, sensitive);
        }

        private boolean wanted(Expression condition, Scope inner) {
            Value value = evaluator.condition(condition, inner, "Invalid 'for' condition");
            sensitive |= value.isMarked();
            unknown |= value.unmarked() instanceof Value.UnknownValue;
            return value.unmarked().equals(Value.of(true));
        }

        private void add(Scope inner) {
            if (node.key().isEmpty()) {
                elements.add(evaluator.evaluate(node.value(), inner));
                return;
            }
            Expression keyNode = node.key().get();
            Value key = evaluator.evaluate(keyNode, inner);
            sensitive |= key.isMarked();
            Value value = evaluator.evaluate(node.value(), inner);
            switch (Conversion.of(key.unmarked(), Type.STRING)) {
                case Conversion.Done(Value.StringValue(String name), var ignored) -> put(name, value, inner, keyNode);
                case Conversion.Done(Value.UnknownValue ignored, var dropped) -> unknown = true;
                case Conversion.Done ignored ->
                    throw EvaluationException.at(
                            keyNode,
                            inner,
                            "Invalid object key",
                            "Key expression in 'for' must not produce a null value.");
                case Conversion.Refused refused ->
                    throw EvaluationException.at(
                            keyNode,
                            inner,
                            "Invalid object key",
                            "The key expression produced an invalid result: " + refused.message() + ".");
            }
        }

        private void put(String name, Value value, Scope inner, Expression keyNode) {
            if (node.grouping()) {
                groups.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            } else if (attributes.put(name, value) != null) {
                String which = sensitive ? "the same key" : "the key \"" + name + "\"";
                throw EvaluationException.at(
                        keyNode,
                        inner,
                        "Duplicate object key",
                        "Two different items produced "
                                + which
                                + " in this 'for' expression. If duplicates are expected, use the ellipsis (...) after"
                                + " the value expression to group by key.");
            }
        }
    }
}
