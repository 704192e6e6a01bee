package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.schema.Names;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Which workloads a block makes, or how often a `module` block is made: one, or one for each element of `count` or
/// `for_each`, which are evaluated once.
final class Instances {
    /// How the block makes instances.
    enum Repetition {
        SINGLE,
        COUNT,
        FOR_EACH
    }

    /// A workload or a module to make.
    ///
    /// @param name of the workload
    /// @param address as references write it
    /// @param key its index or key; empty for the only one
    /// @param environment `each` or `count`
    record Instance(String name, String address, String key, Environment environment) {}

    private final Body.Block block;
    private final String label;
    private final Evaluator evaluator;
    private final int most;
    private final Consumer<Diagnostic> sink;

    Instances(Body.Block block, Evaluator evaluator, int most, Consumer<Diagnostic> sink) {
        this.block = block;
        this.label = block.labels().getFirst().text();
        this.evaluator = evaluator;
        this.most = most;
        this.sink = sink;
    }

    static Repetition repetition(Body.Block block) {
        return block.body().attribute("for_each").isPresent()
                ? Repetition.FOR_EACH
                : block.body().attribute("count").isPresent() ? Repetition.COUNT : Repetition.SINGLE;
    }

    /// The instances; empty if there is an error.
    Optional<List<Instance>> instances() {
        if (!Names.isServiceName(label)) {
            error(
                    block.labels().getFirst().range(),
                    "Invalid name",
                    "The name of a " + block.type() + " becomes part of names in clouds:"
                            + " it starts with a small letter and has small letters, digits and dashes only, 48 at most.");
            return Optional.empty();
        }
        Optional<Body.Attribute> count = block.body().attribute("count");
        Optional<Body.Attribute> each = block.body().attribute("for_each");
        if (count.isPresent() && each.isPresent()) {
            error(
                    each.get().nameRange(),
                    "Invalid combination of \"count\" and \"for_each\"",
                    "The \"count\" and \"for_each\" arguments are mutually exclusive.");
            return Optional.empty();
        }
        if (count.isPresent()) {
            return counted(count.get());
        }
        return each.isPresent()
                ? each(each.get())
                : Optional.of(List.of(new Instance(label, block.type() + "." + label, "", Environment.EMPTY)));
    }

    private Optional<List<Instance>> counted(Body.Attribute attribute) {
        Optional<Value> value = known(attribute, "Invalid count argument");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = Conversion.of(value.get(), Type.NUMBER)
                        instanceof Conversion.Done(Value.NumberValue(BigDecimal number), var ignored)
                && number.stripTrailingZeros().scale() <= 0
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        if (!whole) {
            wrong(attribute, "Invalid count argument", "A whole number from 0 to " + most + " is required.");
            return Optional.empty();
        }
        int number = Conversion.of(value.get(), Type.NUMBER)
                        instanceof Conversion.Done(Value.NumberValue(BigDecimal n), var ignored)
                ? n.intValueExact()
                : 0;
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Value index = Value.of(i);
            instances.add(new Instance(
                    label + "-" + i,
                    block.type() + "." + label + "[" + i + "]",
                    "" + i,
                    (root, name) ->
                            root.equals("count") && name.equals("index") ? Optional.of(index) : Optional.empty()));
        }
        return Optional.of(instances);
    }

    private Optional<List<Instance>> each(Body.Attribute attribute) {
        String summary = "Invalid for_each argument";
        Optional<Value> value = known(attribute, summary);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Map<String, Value>> entries = entries(value.get());
        if (entries.isEmpty()) {
            wrong(
                    attribute,
                    summary,
                    "The \"for_each\" argument must be a map or a set of strings, not a "
                            + value.get().type().friendly() + ". For a list, write toset([…]).");
            return Optional.empty();
        }
        List<Instance> instances = new ArrayList<>();
        for (Map.Entry<String, Value> entry : entries.get().entrySet()) {
            if (!Names.isInstanceKey(entry.getKey()) || instances.size() >= most) {
                wrong(
                        attribute,
                        summary,
                        instances.size() >= most
                                ? "There may be " + most + " instances at most."
                                : "The key \"" + entry.getKey()
                                        + "\" becomes part of names in clouds: letters, digits, dots,"
                                        + " underscores and dashes only, 48 at most.");
                return Optional.empty();
            }
            instances.add(instance(entry.getKey(), entry.getValue()));
        }
        return Optional.of(instances);
    }

    private Instance instance(String key, Value value) {
        return new Instance(label + "-" + key, block.type() + "." + label + "[\"" + key + "\"]", key, (root, name) -> {
            if (!root.equals("each")) {
                return Optional.empty();
            }
            return name.equals("key") ? Optional.of(Value.of(key)) : Optional.of(value);
        });
    }

    private static Optional<Map<String, Value>> entries(Value value) {
        return switch (value) {
            case Value.MapValue map -> Optional.of(map.entries());
            case Value.ObjectValue object -> Optional.of(object.attributes());
            case Value.SetValue set
            when set.elements().stream().allMatch(Value.StringValue.class::isInstance) -> {
                Map<String, Value> entries = new java.util.LinkedHashMap<>();
                for (Value element : set.elements()) {
                    if (element instanceof Value.StringValue(String text)) {
                        entries.put(text, element);
                    }
                }
                yield Optional.of(entries);
            }
            default -> Optional.empty();
        };
    }

    private Optional<Value> known(Body.Attribute attribute, String summary) {
        Evaluation evaluation = evaluator.evaluate(attribute.expression());
        evaluation.diagnostics().forEach(d -> sink.accept(d.in(block.title())));
        if (evaluation.value().isEmpty()) {
            return Optional.empty();
        }
        Value value = evaluation.value().get();
        boolean keysKnown =
                value.shape().known() || value instanceof Value.MapValue || value instanceof Value.ObjectValue;
        if (value.isMarked() || !keysKnown || value instanceof Value.NullValue) {
            String what = value.isMarked() ? "sensitive" : keysKnown ? "null" : "known only after apply";
            wrong(attribute, summary, "The value is " + what + ", but it decides which services there are.");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private void wrong(Body.Attribute attribute, String summary, String detail) {
        sink.accept(Diagnostic.error(attribute.expression().range(), summary, detail)
                .in(block.title())
                .with(evaluator.notes(attribute.expression())));
    }

    private void error(dev.skyhedge.specs.diagnostics.SourceRange range, String summary, String detail) {
        sink.accept(Diagnostic.error(range, summary, detail).in(block.title()));
    }
}
