package dev.skyhedge.specs.specsuite;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.loading.TestTypes;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/// Decodes a body as a decoder specification says: the language of the public test suite, on our own parser.
final class Hcldec {
    private final Map<String, Value> variables;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private Hcldec(Map<String, Value> variables) {
        this.variables = variables;
    }

    /// @param value empty if there is any error
    record Result(Optional<Value> value, List<Diagnostic> diagnostics) {}

    /// @param variables win over those that the specification sets
    static Result decode(Source specification, List<Source> files, Map<String, Value> variables) {
        Parser.Parsed spec = Parser.parse(specification, Limits.DEFAULT);
        List<Diagnostic> broken = new ArrayList<>(spec.diagnostics());
        List<Body.Item> items = new ArrayList<>();
        SourceRange whole = spec.body().range();
        for (Source file : files) {
            Parser.Parsed parsed = Parser.parse(file, Limits.DEFAULT);
            broken.addAll(parsed.diagnostics());
            items.addAll(parsed.body().items());
            whole = parsed.body().range();
        }
        if (!broken.isEmpty()) {
            return new Result(Optional.empty(), broken);
        }
        Hcldec decoder = new Hcldec(variables(spec.body(), variables));
        Value value = decoder.body(root(spec.body()), new Body(items, whole), List.of());
        boolean failed = decoder.diagnostics.stream().anyMatch(Diagnostic::isError);
        return new Result(
                failed ? Optional.empty() : Optional.of(value),
                decoder.diagnostics.stream().sorted(Diagnostic.ORDER).toList());
    }

    /// What says how to decode, among the blocks of a specification.
    static Body.Block root(Body specification) {
        return specification
                .blocks()
                .filter(b -> !List.of("variables", "function").contains(b.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The specification has no root block."));
    }

    private static Map<String, Value> variables(Body specification, Map<String, Value> given) {
        Map<String, Value> variables = new LinkedHashMap<>();
        specification.blocks("variables").stream()
                .flatMap(block -> block.body().attributes())
                .forEach(attribute -> variables.put(attribute.name(), constant(attribute.expression())));
        variables.putAll(given);
        return variables;
    }

    /// Decodes a whole body, in which nothing may stand that the specification does not name.
    private Value body(Body.Block spec, Body body, List<Body.Label> labels) {
        List<String> attributes = new ArrayList<>();
        List<String> blocks = new ArrayList<>();
        schema(spec, attributes, blocks);
        body.attributes()
                .filter(a -> !attributes.contains(a.name()))
                .forEach(a -> error(a.nameRange(), "Unsupported argument", a.name()));
        body.blocks()
                .filter(b -> !blocks.contains(b.type()))
                .forEach(b -> error(b.typeRange(), "Unsupported block type", b.type()));
        return value(spec, body, labels);
    }

    private static void schema(Body.Block spec, List<String> attributes, List<String> blocks) {
        switch (spec.type()) {
            case "attr" -> attributes.add(name(spec, "name"));
            case "object", "array", "default", "transform" ->
                spec.body().blocks().forEach(inner -> schema(inner, attributes, blocks));
            case "literal", "block_label" -> {}
            default -> blocks.add(name(spec, "block_type"));
        }
    }

    static String name(Body.Block spec, String attribute) {
        return spec.body()
                .attribute(attribute)
                .map(a -> text(constant(a.expression())))
                .orElseGet(() ->
                        spec.labels().isEmpty() ? "" : spec.labels().getFirst().text());
    }

    private static String text(Value value) {
        return value instanceof Value.StringValue(String text) ? text : value.toString();
    }

    static Value constant(Expression expression) {
        return evaluator().evaluate(expression).value().orElseThrow();
    }

    private static Evaluator evaluator() {
        return new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT));
    }

    private Value value(Body.Block spec, Body body, List<Body.Label> labels) {
        return switch (spec.type()) {
            case "object" -> {
                SequencedMap<String, Value> values = new LinkedHashMap<>();
                spec.body()
                        .blocks()
                        .forEach(inner -> values.put(inner.labels().getFirst().text(), value(inner, body, labels)));
                yield new Value.ObjectValue(values);
            }
            case "array" ->
                new Value.TupleValue(spec.body()
                        .blocks()
                        .map(inner -> value(inner, body, labels))
                        .toList());
            case "attr" -> attribute(spec, body);
            case "literal" ->
                constant(spec.body().attribute("value").orElseThrow().expression());
            case "default" ->
                spec.body()
                        .blocks()
                        .map(inner -> value(inner, body, labels))
                        .filter(v -> !(v instanceof Value.NullValue))
                        .findFirst()
                        .orElse(Value.nothing());
            case "block_label" -> Value.of(labels.get(number(spec, "index", 0)).text());
            case "block" -> single(spec, body);
            case "block_list", "block_tuple", "block_set" -> several(spec, body);
            case "block_map", "block_object" -> keyed(spec, body);
            case "block_attrs" -> attributes(spec, body);
            case "transform" -> transformed(spec, body, labels);
            default -> throw new IllegalArgumentException("No such decoder: " + spec.type());
        };
    }

    private Value transformed(Body.Block spec, Body body, List<Body.Label> labels) {
        Value value = value(nested(spec), body, labels);
        Expression result = spec.body().attribute("result").orElseThrow().expression();
        return evaluate(result, Map.of("nested", value));
    }

    private Value attribute(Body.Block spec, Body body) {
        String name = name(spec, "name");
        Optional<Body.Attribute> attribute = body.attribute(name);
        boolean required = spec.body()
                .attribute("required")
                .map(a -> constant(a.expression()).equals(Value.of(true)))
                .orElse(false);
        if (attribute.isEmpty() && required) {
            error(end(body), "Missing required argument", name);
        }
        Type type = type(spec, "type");
        return attribute
                .map(a -> convert(evaluate(a.expression()), type, a.expression()))
                .orElse(new Value.NullValue(type));
    }

    static Type type(Body.Block spec, String name) {
        return spec.body()
                .attribute(name)
                .map(a -> TestTypes.read(a.expression()))
                .orElse(Type.ANY);
    }

    private Value convert(Value value, Type type, Expression expression) {
        return switch (Conversion.of(value, type)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused -> {
                error(expression.range(), "Incorrect attribute value type", refused.message());
                yield new Value.UnknownValue(type);
            }
        };
    }

    private Value evaluate(Expression expression) {
        return evaluate(expression, variables);
    }

    /// Variables are given as the names of a loop with one round.
    private Value evaluate(Expression expression, Map<String, Value> names) {
        Expression bound = expression;
        SourceRange range = expression.range();
        for (Map.Entry<String, Value> variable : names.entrySet()) {
            Expression once = new Expression.Tuple(List.of(new Expression.Literal(variable.getValue(), range)), range);
            Expression loop = new Expression.For(
                    Optional.empty(), variable.getKey(), once, Optional.empty(), bound, Optional.empty(), false, range);
            bound = new Expression.Index(loop, new Expression.Literal(Value.of(0), range), range);
        }
        Evaluation evaluation = evaluator().evaluate(bound);
        diagnostics.addAll(evaluation.diagnostics());
        return evaluation.value().orElse(new Value.UnknownValue(Type.ANY));
    }

    private List<Body.Block> blocks(Body.Block spec, Body body) {
        return body.blocks(name(spec, "block_type"));
    }

    static Body.Block nested(Body.Block spec) {
        return spec.body().blocks().findFirst().orElseThrow();
    }

    private Value nested(Body.Block spec, Body.Block block) {
        return body(nested(spec), block.body(), block.labels());
    }

    private Value single(Body.Block spec, Body body) {
        List<Body.Block> found = blocks(spec, body);
        if (found.size() > 1) {
            error(found.get(1).header(), "Duplicate block", found.get(1).type());
        }
        boolean required = spec.body()
                .attribute("required")
                .map(a -> constant(a.expression()).equals(Value.of(true)))
                .orElse(false);
        if (found.isEmpty() && required) {
            error(end(body), "Missing block", name(spec, "block_type"));
        }
        return found.isEmpty() ? new Value.NullValue(ImpliedTypes.of(spec)) : nested(spec, found.getFirst());
    }

    private static int number(Body.Block spec, String name, int otherwise) {
        return spec.body()
                .attribute(name)
                .map(a -> constant(a.expression()) instanceof Value.NumberValue(var number)
                        ? number.intValueExact()
                        : otherwise)
                .orElse(otherwise);
    }

    private Value several(Body.Block spec, Body body) {
        List<Body.Block> found = blocks(spec, body);
        int most = number(spec, "max_items", Integer.MAX_VALUE);
        if (found.size() < number(spec, "min_items", 0)) {
            error(end(body), "Insufficient blocks", name(spec, "block_type"));
        }
        if (found.size() > most) {
            error(found.get(most).typeRange(), "Too many blocks", name(spec, "block_type"));
        }
        Type implied = ImpliedTypes.of(spec);
        if (found.isEmpty() && implied instanceof Type.ListOf(Type element)) {
            return new Value.ListValue(element, List.of());
        }
        if (found.isEmpty() && implied instanceof Type.SetOf(Type element)) {
            return Value.set(element, List.of());
        }
        Value tuple =
                new Value.TupleValue(found.stream().map(b -> nested(spec, b)).toList());
        Type type = switch (spec.type()) {
            case "block_list" -> new Type.ListOf(Type.ANY);
            case "block_set" -> new Type.SetOf(Type.ANY);
            default -> tuple.type();
        };
        return Conversion.of(tuple, type) instanceof Conversion.Done(Value list, var ignored) ? list : tuple;
    }

    /// How many labels a map of blocks takes for its keys.
    static int labels(Body.Block spec) {
        return spec.body()
                .attribute("labels")
                .map(a -> constant(a.expression()) instanceof Value.TupleValue tuple
                        ? tuple.elements().size()
                        : 1)
                .orElse(1);
    }

    private Value keyed(Body.Block spec, Body body) {
        int labels = labels(spec);
        List<Map.Entry<List<String>, Value>> entries = new ArrayList<>();
        for (Body.Block block : blocks(spec, body)) {
            List<Body.Label> rest = block.labels()
                    .subList(
                            Math.min(labels, block.labels().size()),
                            block.labels().size());
            Value value = body(nested(spec), block.body(), rest);
            entries.add(Map.entry(
                    block.labels().stream().limit(labels).map(Body.Label::text).toList(), value));
        }
        if (entries.isEmpty() && ImpliedTypes.of(spec) instanceof Type.MapOf(Type element)) {
            return new Value.MapValue(element, Map.of());
        }
        Value object = tree(entries, labels);
        return spec.type().equals("block_map")
                        && Conversion.of(object, mapOf(labels)) instanceof Conversion.Done(Value map, var ignored)
                ? map
                : object;
    }

    private static Type mapOf(int levels) {
        return ImpliedTypes.mapOf(levels, Type.ANY);
    }

    private static Value tree(List<Map.Entry<List<String>, Value>> entries, int levels) {
        if (levels == 0) {
            return entries.getLast().getValue();
        }
        SequencedMap<String, List<Map.Entry<List<String>, Value>>> groups = new LinkedHashMap<>();
        entries.forEach(e -> groups.computeIfAbsent(e.getKey().getFirst(), ignored -> new ArrayList<>())
                .add(Map.entry(e.getKey().subList(1, e.getKey().size()), e.getValue())));
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        BiConsumer<String, List<Map.Entry<List<String>, Value>>> put =
                (key, group) -> values.put(key, tree(group, levels - 1));
        groups.forEach(put);
        return new Value.ObjectValue(values);
    }

    private Value attributes(Body.Block spec, Body body) {
        Type element = type(spec, "element_type");
        List<Body.Block> found = blocks(spec, body);
        if (found.isEmpty()) {
            return new Value.NullValue(new Type.MapOf(element));
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        found.getFirst().body().blocks().forEach(b -> error(b.typeRange(), "Unexpected block", b.type()));
        found.getFirst()
                .body()
                .attributes()
                .forEach(a -> values.put(a.name(), convert(evaluate(a.expression()), element, a.expression())));
        Value object = new Value.ObjectValue(values);
        return Conversion.of(object, new Type.MapOf(element)) instanceof Conversion.Done(Value map, var ignored)
                ? map
                : object;
    }

    /// Where something is missing: the end of the body.
    private static SourceRange end(Body body) {
        SourceRange range = body.range();
        return range.source().range(range.to(), range.to());
    }

    private void error(SourceRange range, String summary, String what) {
        diagnostics.add(Diagnostic.error(range, summary, "About \"" + what + "\"."));
    }
}
