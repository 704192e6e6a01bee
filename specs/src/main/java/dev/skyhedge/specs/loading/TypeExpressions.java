package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Reads the type of a variable: `list(string)`, `object({ a = optional(number, 1) })`.
final class TypeExpressions {
    private static final String SUMMARY = "Invalid type specification";
    private static final List<String> NAMES =
            List.of("string", "number", "bool", "any", "list", "set", "map", "tuple", "object");

    private final Evaluator literals;
    private final Consumer<Diagnostic> sink;

    /// @param literals evaluates defaults of optional attributes, without any names
    TypeExpressions(Evaluator literals, Consumer<Diagnostic> sink) {
        this.literals = literals;
        this.sink = sink;
    }

    /// The type; `any` for what is wrong, after telling the sink.
    Type read(Expression expression) {
        return switch (expression) {
            case Expression.Name(String name, var range) -> primitive(name, expression);
            case Expression.Call call -> constructed(call);
            case Expression.Template ignored -> wrong(expression, "A type is written without quotes: type = string.");
            case Expression.Parenthesised inner -> read(inner.inner());
            default -> wrong(expression, "A type is a name such as string, or a call such as list(string).");
        };
    }

    private Type primitive(String name, Expression expression) {
        return switch (name) {
            case "string" -> Type.STRING;
            case "number" -> Type.NUMBER;
            case "bool" -> Type.BOOL;
            case "any" -> Type.ANY;
            case "list", "set", "map" ->
                wrong(expression, "The type of the elements is missing: " + name + "(string), or " + name + "(any).");
            default -> wrong(expression, "There is no type \"" + name + "\"." + Suggestions.sentence(name, NAMES));
        };
    }

    private Type constructed(Expression.Call call) {
        if (call.arguments().size() != 1) {
            return wrong(call, call.function() + " takes one argument here.");
        }
        Expression argument = call.arguments().getFirst();
        return switch (call.function()) {
            case "list" -> new Type.ListOf(read(argument));
            case "set" -> new Type.SetOf(read(argument));
            case "map" -> new Type.MapOf(read(argument));
            case "tuple" ->
                argument instanceof Expression.Tuple tuple
                        ? new Type.TupleOf(
                                tuple.elements().stream().map(this::read).toList())
                        : wrong(argument, "A tuple's types stand in brackets: tuple([string, number]).");
            case "object" ->
                argument instanceof Expression.ObjectOf object
                        ? object(object)
                        : wrong(argument, "An object's types stand in braces: object({ name = string }).");
            case "optional" -> wrong(call, "optional() can only be used for an attribute of an object.");
            default ->
                wrong(
                        call,
                        "There is no type \"" + call.function() + "\"." + Suggestions.sentence(call.function(), NAMES));
        };
    }

    private Type object(Expression.ObjectOf object) {
        SequencedMap<String, Type.Attribute> attributes = new LinkedHashMap<>();
        for (Expression.Item item : object.items()) {
            if (item.key() instanceof Expression.Literal(Value.StringValue(String name), var range)) {
                attributes.put(name, attribute(item.value()));
            } else {
                wrong(item.key(), "An attribute's name is written without quotes.");
            }
        }
        return new Type.ObjectOf(attributes);
    }

    private Type.Attribute attribute(Expression expression) {
        if (!(expression instanceof Expression.Call call) || !call.function().equals("optional")) {
            return Type.Attribute.required(read(expression));
        }
        List<Expression> arguments = new ArrayList<>(call.arguments());
        if (arguments.isEmpty() || arguments.size() > 2) {
            return Type.Attribute.required(wrong(call, "optional takes a type and maybe a default."));
        }
        Type type = read(arguments.getFirst());
        Optional<Value> fallback = arguments.size() == 2 ? fallback(arguments.getLast(), type) : Optional.empty();
        return new Type.Attribute(type, true, fallback);
    }

    private Optional<Value> fallback(Expression expression, Type type) {
        Evaluation evaluation = literals.evaluate(expression);
        evaluation.diagnostics().forEach(sink);
        return evaluation.value().flatMap(value -> switch (Conversion.of(value, type)) {
            case Conversion.Done(Value converted, var ignored) -> Optional.of(converted);
            case Conversion.Refused refused -> {
                wrong(expression, "The default does not have the type: " + refused.message() + ".");
                yield Optional.empty();
            }
        });
    }

    private Type wrong(Expression expression, String detail) {
        sink.accept(Diagnostic.error(expression.range(), SUMMARY, detail));
        return Type.ANY;
    }
}
