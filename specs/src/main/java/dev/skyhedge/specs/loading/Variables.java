package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Gives every variable its value: what was given last, or its default, converted to its type.
final class Variables {
    private final SequencedMap<String, Body.Block> declared;
    private final Optional<Body.Block> caller;
    private final Evaluator literals;
    private final Limits limits;
    private final Consumer<Diagnostic> sink;
    private final SequencedMap<Body.Block, MissingVariable> missing = new LinkedHashMap<>();

    /// @param caller the `module` block that gives the values, if one does
    /// @param literals evaluates expressions without any names
    Variables(
            SequencedMap<String, Body.Block> declared,
            Optional<Body.Block> caller,
            Evaluator literals,
            Limits limits,
            Consumer<Diagnostic> sink) {
        this.caller = caller;
        this.declared = declared;
        this.literals = literals;
        this.limits = limits;
        this.sink = sink;
    }

    /// The values of the variables that have one; what is wrong is told to the sink.
    Map<String, Value> values(List<GivenValue> given) {
        Map<String, GivenValue> last = new HashMap<>();
        for (GivenValue value : given) {
            if (declared.containsKey(value.name())) {
                last.put(value.name(), value);
            } else {
                undeclared(value);
            }
        }
        Map<String, Value> values = new HashMap<>();
        declared.forEach((name, block) ->
                value(name, block, Optional.ofNullable(last.get(name))).ifPresent(value -> values.put(name, value)));
        if (!missing.isEmpty()) {
            sink.accept(missing.size() == 1 ? oneMissing() : severalMissing());
        }
        return values;
    }

    /// Those of the root that have neither a value nor a default, after [#values].
    List<MissingVariable> missing() {
        return List.copyOf(missing.values());
    }

    private void undeclared(GivenValue value) {
        String hint = Suggestions.sentence(value.name(), declared.keySet());
        String detail = "There is no variable named \"" + value.name() + "\" in the spec." + hint;
        switch (value) {
            case GivenValue.OnCommandLine ignored ->
                sink.accept(Diagnostic.error("Value for undeclared variable", detail));
            case GivenValue.InFile file ->
                sink.accept(Diagnostic.warning(file.attribute().nameRange(), "Value for undeclared variable", detail));
            case GivenValue.InEnvironment ignored -> {}
            case GivenValue.InModule argument ->
                sink.accept(Diagnostic.error(
                        argument.attribute().nameRange(),
                        "Unsupported argument",
                        "The module has no variable named \"" + value.name() + "\"." + hint));
        }
    }

    private Optional<Value> value(String name, Body.Block block, Optional<GivenValue> given) {
        Optional<Body.Attribute> typeAttribute = block.body().attribute("type");
        Type type = typeAttribute
                .map(a -> new TypeExpressions(literals, d -> sink.accept(d.in(block.title()))).read(a.expression()))
                .orElse(Type.ANY);
        boolean verbatim = type == Type.STRING || typeAttribute.isEmpty();
        Optional<Value> fallback = fallback(block, type);
        boolean nullable = flag(block, "nullable", true);
        boolean sensitive = flag(block, "sensitive", false);
        if (given.isEmpty() && block.body().attribute("default").isEmpty()) {
            caller.ifPresentOrElse(
                    call -> sink.accept(missingArgument(name, block, call)),
                    () -> missing.put(block, new MissingVariable(name, description(block), sensitive)));
            return Optional.empty();
        }
        Optional<Value> value = given.isPresent() ? read(given.get(), type, verbatim, block) : fallback;
        if (value.isPresent() && value.get().unmarked() instanceof Value.NullValue && !nullable) {
            value = fallback;
            if (fallback.isEmpty() || fallback.get() instanceof Value.NullValue) {
                sink.accept(Diagnostic.error(
                        block.header(),
                        "Invalid value for variable",
                        "The variable \"" + name + "\" must not be null, and it has no default."));
                return Optional.empty();
            }
        }
        return value.map(v -> Value.sensitive(v, sensitive));
    }

    private String description(Body.Block block) {
        return block.body()
                .attribute("description")
                .flatMap(a -> literal(a.expression(), block.title()))
                .map(v -> v instanceof Value.StringValue(String text) ? text : "")
                .orElse("");
    }

    private static Diagnostic missingArgument(String name, Body.Block block, Body.Block call) {
        return Diagnostic.error(
                        call.header(),
                        "Missing required argument",
                        "The module's variable \"" + name + "\" ("
                                + block.header().place() + ") has no default, so the argument \"" + name
                                + "\" is required.")
                .in(call.title());
    }

    private Diagnostic oneMissing() {
        String name = missing.firstEntry().getValue().name();
        return Diagnostic.error(
                missing.firstEntry().getKey().header(),
                "No value for required variable",
                "The variable \"" + name + "\" has no default, so it needs a value: -var '" + name
                        + "=…', a -var-file, or the environment variable SKYHEDGE_VAR_" + name + ".");
    }

    private Diagnostic severalMissing() {
        StringBuilder detail = new StringBuilder("These variables have no default, so each needs a value: -var"
                + " 'NAME=…', a -var-file, or an environment variable SKYHEDGE_VAR_NAME.\n");
        missing.forEach((block, variable) -> detail.append("\n  ")
                .append(variable.name())
                .append(" (")
                .append(block.header().place())
                .append(')')
                .append(variable.description().isEmpty() ? "" : ": " + variable.description()));
        return Diagnostic.error(
                missing.firstEntry().getKey().header(), "No value for required variables", detail.toString());
    }

    private Optional<Value> fallback(Body.Block block, Type type) {
        return block.body()
                .attribute("default")
                .flatMap(a -> literal(a.expression(), block.title())
                        .flatMap(v ->
                                convert(v, type, a.expression().range(), block, "Invalid default value for variable")));
    }

    private boolean flag(Body.Block block, String name, boolean otherwise) {
        Optional<Boolean> written = block.body().attribute(name).map(attribute -> {
            Optional<Value> value = literal(attribute.expression(), block.title());
            if (value.isPresent() && !(value.get() instanceof Value.BoolValue)) {
                sink.accept(Diagnostic.error(
                                attribute.expression().range(),
                                "Incorrect attribute value type",
                                "Inappropriate value for attribute \"" + name + "\": a bool is required.")
                        .in(block.title()));
            }
            return value.isPresent() && value.get().equals(Value.of(true));
        });
        return written.orElse(otherwise);
    }

    private Optional<Value> read(GivenValue given, Type type, boolean verbatim, Body.Block block) {
        return switch (given) {
            case GivenValue.InFile(Body.Attribute attribute) ->
                literal(attribute.expression(), "")
                        .flatMap(v ->
                                convert(v, type, attribute.expression().range(), block, "Invalid value for variable"));
            case GivenValue.OnCommandLine line -> text(line.source(), type, verbatim, block);
            case GivenValue.InEnvironment line -> text(line.source(), type, verbatim, block);
            case GivenValue.InModule(Body.Attribute attribute, Value value) ->
                convert(value, type, attribute.expression().range(), block, "Invalid value for input variable");
        };
    }

    /// A text is the value of a string; for anything else it is an expression, or else a text to convert.
    private Optional<Value> text(Source source, Type type, boolean verbatim, Body.Block block) {
        SourceRange whole = source.range(0, source.text().length());
        if (verbatim || type.isPrimitive()) {
            return convert(Value.of(source.text()), type, whole, block, "Invalid value for variable");
        }
        Parser.ParsedExpression parsed = Parser.parseExpression(source, limits);
        parsed.diagnostics().forEach(sink);
        return parsed.expression()
                .flatMap(e -> literal(e, ""))
                .flatMap(v -> convert(v, type, whole, block, "Invalid value for variable"));
    }

    /// The value of an expression without references and calls.
    private Optional<Value> literal(Expression expression, String context) {
        Optional<SourceRange> wrong = Reference.in(expression).stream()
                .map(Reference::range)
                .findFirst()
                .or(() -> Reference.callsIn(expression).stream()
                        .map(Expression.Call::range)
                        .findFirst());
        if (wrong.isPresent()) {
            sink.accept(in(
                    Diagnostic.error(
                            wrong.get(),
                            "Variables not allowed",
                            "A constant is needed here: no references,"
                                    + " no function calls. If you meant text, put it in double quotes."),
                    context));
            return Optional.empty();
        }
        Evaluation evaluation = literals.evaluate(expression);
        evaluation.diagnostics().forEach(d -> sink.accept(in(d, context)));
        return evaluation.value();
    }

    private static Diagnostic in(Diagnostic diagnostic, String context) {
        return context.isEmpty() ? diagnostic : diagnostic.in(context);
    }

    private Optional<Value> convert(Value value, Type type, SourceRange range, Body.Block block, String summary) {
        String name = block.labels().getFirst().text();
        return switch (Conversion.of(value, type)) {
            case Conversion.Done(Value converted, List<String> dropped) -> {
                dropped.forEach(note -> sink.accept(Diagnostic.warning(range, "Attribute ignored", note)));
                yield Optional.of(converted);
            }
            case Conversion.Refused refused -> {
                sink.accept(Diagnostic.error(
                        range,
                        summary,
                        "The value is not suitable for var." + name + ", declared at "
                                + block.header().place() + ": " + refused.message() + "."));
                yield Optional.empty();
            }
        };
    }
}
