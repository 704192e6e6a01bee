package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.TYPE;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.functions.Implementation.Attempt;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Marks;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.TypeText;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.function.Supplier;

/// Functions of types, marks and errors.
final class TypeFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(TYPE, "can")
                    .takes("expression", Type.ANY)
                    .returns(Type.BOOL)
                    .does("Whether the expression evaluates without an error.")
                    .example("can(tonumber(\"x\"))", "false")
                    .asOfAttempts(TypeFunctions::can),
            function(TYPE, "try")
                    .takesMany("expressions", Type.ANY)
                    .does("The first expression that evaluates without an error.")
                    .example("try(tonumber(\"x\"), 0)", "0")
                    .asOfAttempts(TypeFunctions::firstOf),
            to("tostring", Type.STRING, "tostring(1.50)", "\"1.5\""),
            to("tonumber", Type.NUMBER, "tonumber(\"1e3\")", "1000"),
            to("tobool", Type.BOOL, "tobool(\"true\")", "true"),
            to("tolist", new Type.ListOf(Type.ANY), "tolist([1, \"a\"])[0]", "\"1\""),
            to("toset", new Type.SetOf(Type.ANY), "length(toset([\"b\", \"a\", \"b\"]))", "2"),
            to("tomap", new Type.MapOf(Type.ANY), "tomap({ a = 1, b = \"x\" }).a", "\"1\""),
            function(TYPE, "sensitive")
                    .takes(Effort.CONSTANT)
                    .takesNullable("value", Type.ANY)
                    .does("The value, never to be shown.")
                    .example("issensitive(sensitive(1))", "true")
                    .asOfAny(arguments -> Value.sensitive(arguments.get(0))),
            function(TYPE, "nonsensitive")
                    .takes(Effort.CONSTANT)
                    .takesNullable("value", Type.ANY)
                    .does("The value without its mark. A secret stays one.")
                    .example("nonsensitive(sensitive(1))", "1")
                    .asOfAny(arguments -> arguments.get(0).unmarked()),
            function(TYPE, "issensitive")
                    .takes(Effort.CONSTANT)
                    .takesNullable("value", Type.ANY)
                    .returns(Type.BOOL)
                    .does("Whether the value is marked as sensitive.")
                    .example("issensitive(1)", "false")
                    .asOfAny(arguments -> Value.of(arguments.get(0).isMarked())),
            function(TYPE, "secret")
                    .takes("reference", Type.STRING)
                    .returns(Type.SECRET)
                    .does("A secret that is read only at launch, and never stored or shown: `env:NAME` or `file:PATH`.")
                    .as(TypeFunctions::secret));

    /// Of the console only: what a value's type is called must not decide what a spec means.
    static final FunctionDefinition NAME_OF_TYPE = function(TYPE, "type")
            .takesNullable("value", Type.ANY)
            .returns(Type.STRING)
            .does("What the type of the value is called. In the console only.")
            .asOfAny(arguments -> Value.of(TypeText.of(arguments.get(0).type())));

    private TypeFunctions() {}

    private static FunctionDefinition to(String name, Type type, String call, String result) {
        return function(TYPE, name)
                .takesNullable("value", Type.ANY)
                .returns(type)
                .does("The value as a " + type.friendly() + ", or an error if that would lose something.")
                .example(call, result)
                .asOfAny(arguments -> switch (Conversion.of(arguments.get(0), type)) {
                    case Conversion.Done(Value value, var ignored) -> value;
                    case Conversion.Refused refused ->
                        throw new FunctionException(
                                0, "cannot convert to " + type.friendly() + ": " + refused.message());
                });
    }

    private static Value can(List<Supplier<Attempt>> expressions) {
        return switch (expressions.getFirst().get()) {
            case Attempt.Failed ignored -> Value.of(false);
            case Attempt.Succeeded(Value value) when !value.shape().known() -> Implementation.unknown(Type.BOOL);
            case Attempt.Succeeded(Value value) ->
                Value.sensitive(Value.of(true), value.shape().sensitive());
        };
    }

    private static Value firstOf(List<Supplier<Attempt>> expressions) {
        StringBuilder reasons = new StringBuilder();
        for (Supplier<Attempt> expression : expressions) {
            switch (expression.get()) {
                case Attempt.Succeeded(Value value) -> {
                    return value.shape().known()
                            ? value
                            : Value.sensitive(
                                    Implementation.unknown(Type.ANY),
                                    value.shape().sensitive());
                }
                case Attempt.Failed(String message) -> reasons.append("\n  - ").append(message);
            }
        }
        throw new FunctionException(-1, "no expression succeeded:" + reasons);
    }

    private static Value secret(Arguments arguments) {
        String reference = Marks.strip(arguments.get(0)) instanceof Value.StringValue(String text) ? text : "";
        boolean named = (reference.startsWith("env:") && reference.length() > 4)
                || (reference.startsWith("file:") && reference.length() > 5);
        if (!named) {
            throw new FunctionException(0, "a secret is \"env:NAME\" or \"file:PATH\"");
        }
        return new Value.SecretValue(reference);
    }
}
