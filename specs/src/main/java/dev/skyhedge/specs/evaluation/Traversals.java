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
import java.util.Set;

/// Attributes, indexes and splats.
final class Traversals {
    private final Evaluator evaluator;

    Traversals(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Value attribute(Expression.Attribute node, Scope scope) {
        Value source = evaluator.evaluate(node.source(), scope);
        boolean hidden = source.isMarked();
        return Value.sensitive(attribute(node, source.unmarked(), hidden, scope), hidden);
    }

    /// @param hidden whether the names that the source has must not be shown
    private static Value attribute(Expression.Attribute node, Value source, boolean hidden, Scope scope) {
        String name = node.name();
        return switch (source) {
            case Value.ObjectValue object -> {
                Value found = object.attributes().get(name);
                if (found == null) {
                    throw lacking(node, hidden ? Set.of() : object.attributes().keySet(), scope);
                }
                yield found;
            }
            case Value.MapValue map -> {
                Value found = map.entries().get(name);
                if (found == null) {
                    throw missing(node, named(name) + suggestion(name, map.entries(), hidden), scope);
                }
                yield found;
            }
            case Value.UnknownValue(Type type) -> new Value.UnknownValue(attributeType(node, type, scope));
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

    /// @param known the names that there are, as far as they may be shown
    private static EvaluationException lacking(Expression.Attribute node, Set<String> known, Scope scope) {
        return unsupported(
                node,
                scope,
                "This object does not have an attribute named \"" + node.name() + "\"."
                        + Suggestions.sentence(node.name(), known));
    }

    private static String suggestion(String name, SequencedMap<String, Value> entries, boolean hidden) {
        return hidden ? "" : Suggestions.sentence(name, entries.keySet());
    }

    /// What an unknown value of that type has there.
    private static Type attributeType(Expression.Attribute node, Type type, Scope scope) {
        return switch (type) {
            case Type.MapOf(Type element) -> element;
            case Type.ObjectOf object ->
                Optional.ofNullable(object.attributes().get(node.name()))
                        .map(Type.Attribute::type)
                        .orElseThrow(() -> lacking(node, object.attributes().keySet(), scope));
            default -> {
                if (type != Type.ANY) {
                    throw unsupported(
                            node, scope, "A value of type " + type.friendly() + " does not have any attributes.");
                }
                yield Type.ANY;
            }
        };
    }

    Value index(Expression.Index node, Scope scope) {
        Value source = evaluator.evaluate(node.source(), scope);
        Value key = evaluator.evaluate(node.key(), scope);
        Hidden hidden = new Hidden(source.isMarked(), key.isMarked());
        Value found = index(node, source.unmarked(), key.unmarked(), hidden, scope);
        return Value.sensitive(found, hidden.source() || hidden.key());
    }

    /// What an error must not show.
    private record Hidden(boolean source, boolean key) {}

    private static Value index(Expression.Index node, Value source, Value key, Hidden hidden, Scope scope) {
        return switch (source) {
            case Value.UnknownValue(Type type) -> new Value.UnknownValue(elementType(node, type, scope));
            case Value.NullValue ignored ->
                throw EvaluationException.at(
                        node,
                        scope,
                        "Attempt to index null value",
                        "This value is null, so it does not have any elements.");
            case Value.ListValue list -> element(node, list.elements(), key, scope);
            case Value.TupleValue tuple -> element(node, tuple.elements(), key, scope);
            case Value.MapValue map -> element(node, map.entries(), key, hidden, scope);
            case Value.ObjectValue object -> element(node, object.attributes(), key, hidden, scope);
            case Value.SetValue ignored -> throw withoutIndex(node, scope);
            default -> throw invalid(node, scope, "A value of type " + source.type() + " has no elements.");
        };
    }

    /// What the elements of an unknown value of that type are.
    private static Type elementType(Expression.Index node, Type type, Scope scope) {
        return switch (type) {
            case Type.ListOf(Type element) -> element;
            case Type.MapOf(Type element) -> element;
            case Type.TupleOf ignored -> Type.ANY;
            case Type.ObjectOf ignored -> Type.ANY;
            case Type.SetOf ignored -> throw withoutIndex(node, scope);
            case Type.Primitive primitive -> {
                if (primitive != Type.ANY) {
                    throw invalid(node, scope, "A value of type " + type.friendly() + " has no elements.");
                }
                yield Type.ANY;
            }
        };
    }

    private static EvaluationException withoutIndex(Expression.Index node, Scope scope) {
        return invalid(node, scope, "The elements of a set have no index. Convert it with tolist() first.");
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

    private static Value element(
            Expression.Index node, SequencedMap<String, Value> entries, Value key, Hidden hidden, Scope scope) {
        if (!(converted(node, key, Type.STRING, scope) instanceof Value.StringValue(String name))) {
            return new Value.UnknownValue(Type.ANY);
        }
        Value found = entries.get(name);
        if (found == null) {
            String which = hidden.key()
                    ? "the key is sensitive and not shown."
                    : named(name) + suggestion(name, entries, hidden.source());
            throw missing(node, which, scope);
        }
        return found;
    }

    private static String named(String name) {
        return "there is no \"" + name + "\".";
    }

    private static EvaluationException missing(Expression node, String which, Scope scope) {
        return invalid(node, scope, "The given key does not identify an element in this collection value: " + which);
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
