package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Attributes, indexes and splats.
final class Traversals {
    private final Evaluator evaluator;

    Traversals(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Value attribute(Expression.Attribute node, Scope scope) {
        Value source = evaluator.evaluate(node.source(), scope);
        return Value.sensitive(attribute(node, source.unmarked(), scope), source.isMarked());
    }

    private static Value attribute(Expression.Attribute node, Value source, Scope scope) {
        String name = node.name();
        return switch (source) {
            case Value.ObjectValue object -> {
                Value found = object.attributes().get(name);
                if (found == null) {
                    throw unsupported(
                            node,
                            scope,
                            "This object does not have an attribute named \"" + name + "\"."
                                    + Suggestions.sentence(
                                            name, object.attributes().keySet()));
                }
                yield found;
            }
            case Value.MapValue map -> element(node, map.entries(), name, scope);
            case Value.UnknownValue(Type type) -> new Value.UnknownValue(attributeType(type, name));
            case Value.NullValue ignored ->
                throw EvaluationException.at(
                        node,
                        scope,
                        "Attempt to get attribute from null value",
                        "This value is null, so it does not have any attributes.");
            case Value.ListValue list ->
                throw unsupported(
                        node,
                        scope,
                        "This is a list. Ask for one element, [0]." + name + ", or for all of them, [*]." + name + ".");
            case Value.TupleValue tuple ->
                throw unsupported(
                        node,
                        scope,
                        "This is a tuple. Ask for one element, [0]." + name + ", or for all of them, [*]." + name
                                + ".");
            default ->
                throw unsupported(node, scope, "A value of type " + source.type() + " does not have any attributes.");
        };
    }

    private static EvaluationException unsupported(Expression node, Scope scope, String detail) {
        return EvaluationException.at(node, scope, "Unsupported attribute", detail);
    }

    private static Type attributeType(Type type, String name) {
        return switch (type) {
            case Type.MapOf(Type element) -> element;
            case Type.ObjectOf object ->
                Optional.ofNullable(object.attributes().get(name))
                        .map(Type.Attribute::type)
                        .orElse(Type.ANY);
            default -> Type.ANY;
        };
    }

    Value index(Expression.Index node, Scope scope) {
        Value source = evaluator.evaluate(node.source(), scope);
        Value key = evaluator.evaluate(node.key(), scope);
        boolean sensitive = source.isMarked() || key.isMarked();
        return Value.sensitive(index(node, source.unmarked(), key.unmarked(), scope), sensitive);
    }

    private static Value index(Expression.Index node, Value source, Value key, Scope scope) {
        if (source instanceof Value.UnknownValue(Type type)) {
            return new Value.UnknownValue(type instanceof Type.ListOf(Type element) ? element : Type.ANY);
        }
        if (source instanceof Value.NullValue) {
            throw EvaluationException.at(
                    node,
                    scope,
                    "Attempt to index null value",
                    "This value is null, so it does not have any elements.");
        }
        return switch (source) {
            case Value.ListValue list -> element(node, list.elements(), key, scope);
            case Value.TupleValue tuple -> element(node, tuple.elements(), key, scope);
            case Value.MapValue map -> element(node, map.entries(), key, scope);
            case Value.ObjectValue object -> element(node, object.attributes(), key, scope);
            case Value.SetValue ignored ->
                throw invalid(node, scope, "The elements of a set have no index. Convert it with tolist() first.");
            default -> throw invalid(node, scope, "A value of type " + source.type() + " has no elements.");
        };
    }

    private static Value element(Expression.Index node, List<Value> elements, Value key, Scope scope) {
        Value number = converted(node, key, Type.NUMBER, scope);
        if (!(number instanceof Value.NumberValue(BigDecimal index))) {
            return new Value.UnknownValue(Type.ANY);
        }
        boolean whole = index.stripTrailingZeros().scale() <= 0;
        if (!whole || index.signum() < 0 || index.compareTo(BigDecimal.valueOf(elements.size())) >= 0) {
            String reason = !whole
                    ? "An index must be a whole number."
                    : index.signum() < 0
                            ? "A negative number is not a valid index."
                            : "The collection has " + elements.size() + " elements, the first with index 0.";
            throw invalid(
                    node, scope, "The given key does not identify an element in this collection value. " + reason);
        }
        return elements.get(index.intValueExact());
    }

    private static Value element(Expression.Index node, SequencedMap<String, Value> entries, Value key, Scope scope) {
        Value text = converted(node, key, Type.STRING, scope);
        return text instanceof Value.StringValue(String name)
                ? element(node, entries, name, scope)
                : new Value.UnknownValue(Type.ANY);
    }

    private static Value element(Expression node, SequencedMap<String, Value> entries, String name, Scope scope) {
        Value found = entries.get(name);
        if (found == null) {
            throw invalid(
                    node,
                    scope,
                    "The given key does not identify an element in this collection value: there is no \"" + name + "\"."
                            + Suggestions.sentence(name, entries.keySet()));
        }
        return found;
    }

    private static Value converted(Expression.Index node, Value key, Type type, Scope scope) {
        if (key instanceof Value.NullValue) {
            throw invalid(node, scope, "Can't use a null value as an indexing key.");
        }
        return switch (Conversion.of(key, type)) {
            case Conversion.Done(Value value, var ignored) -> value;
            case Conversion.Refused refused ->
                throw invalid(
                        node,
                        scope,
                        "The given key does not identify an element in this collection value: " + refused.message()
                                + ".");
        };
    }

    private static EvaluationException invalid(Expression node, Scope scope, String detail) {
        return EvaluationException.at(node, scope, "Invalid index", detail);
    }

    Value splat(Expression.Splat node, Scope scope) {
        Value marked = evaluator.evaluate(node.source(), scope);
        Value source = marked.unmarked();
        if (source instanceof Value.UnknownValue) {
            return Value.sensitive(new Value.UnknownValue(Type.ANY), marked.isMarked());
        }
        List<Value> elements = switch (source) {
            case Value.NullValue ignored -> List.of();
            case Value.ListValue list -> list.elements();
            case Value.SetValue set -> set.elements();
            case Value.TupleValue tuple -> tuple.elements();
            default -> List.of(source);
        };
        List<Value> results = new ArrayList<>();
        for (Value element : elements) {
            results.add(evaluator.evaluate(node.each(), scope.with(Scope.ELEMENT, element)));
        }
        boolean list = source instanceof Value.ListValue || source instanceof Value.SetValue;
        boolean uniform = results.stream().map(Value::type).distinct().count() == 1;
        Value result = list && uniform
                ? new Value.ListValue(results.getFirst().type(), results)
                : new Value.TupleValue(results);
        return Value.sensitive(result, marked.isMarked());
    }
}
