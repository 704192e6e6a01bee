package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What `dynamic` blocks stand for: a block of their type for each element of a collection.
public final class DynamicBlocks {
    /// The type of the blocks that stand for others.
    public static final String TYPE = "dynamic";

    /// What is in each of them.
    public static final String CONTENT = "content";

    private static final String ITERATOR = "iterator";

    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;

    DynamicBlocks(Evaluator evaluator, Consumer<Diagnostic> sink) {
        this.evaluator = evaluator;
        this.sink = sink;
    }

    /// A block that was made, with the evaluator that knows the element that it was made for.
    record Made(Body.Block block, Evaluator evaluator) {}

    private record Entry(Value key, Value value) {}

    /// The type of the blocks that it makes.
    public static String typeOf(Body.Block dynamic) {
        return dynamic.labels().isEmpty() ? "" : dynamic.labels().getFirst().text();
    }

    /// What of it is evaluated: all but the name of the element.
    public static Body evaluated(Body.Block dynamic) {
        List<Body.Item> items = dynamic.body().items().stream()
                .filter(item -> !(item instanceof Body.Attribute attribute
                        && attribute.name().equals(ITERATOR)))
                .toList();
        return new Body(items, dynamic.body().range());
    }

    /// The name under which its content knows the element: `iterator`, or the type of the blocks.
    public static String iterator(Body.Block dynamic) {
        return dynamic.body()
                .attribute(ITERATOR)
                .map(Body.Attribute::expression)
                .flatMap(written -> written instanceof Expression.Name(String name, var ignored)
                        ? Optional.of(name)
                        : Optional.empty())
                .orElseGet(() -> typeOf(dynamic));
    }

    /// What the `dynamic` blocks for blocks of that definition make, in order.
    List<Made> of(Body body, BlockDefinition wanted) {
        List<Body.Block> all = body.blocks(TYPE);
        if (all.isEmpty()) {
            return List.of();
        }
        List<Made> made = new ArrayList<>();
        for (Body.Block dynamic : all) {
            Optional<Body.Block> content =
                    dynamic.body().blocks(CONTENT).stream().findFirst();
            Optional<Body.Attribute> each = dynamic.body().attribute("for_each");
            if (typeOf(dynamic).equals(wanted.type()) && content.isPresent() && each.isPresent()) {
                entries(each.get()).forEach(entry -> made.add(make(dynamic, content.get(), wanted, entry)));
            }
        }
        return made;
    }

    private Made make(Body.Block dynamic, Body.Block content, BlockDefinition wanted, Entry entry) {
        String iterator = iterator(dynamic);
        Environment names = (root, name) -> {
            if (!root.equals(iterator)) {
                return Optional.empty();
            }
            return switch (name) {
                case "key" -> Optional.of(entry.key);
                case "value" -> Optional.of(entry.value);
                default -> Optional.empty();
            };
        };
        Evaluator inner = evaluator.within(names);
        List<Body.Label> labels = dynamic.body()
                .attribute("labels")
                .map(attribute -> labels(attribute, wanted, inner))
                .orElse(List.of());
        if (labels.size() != wanted.labels().size()) {
            error(
                    dynamic.header(),
                    "Missing label for " + wanted.type(),
                    "A " + wanted.type() + " block has " + wanted.labels().size() + " labels. For example: labels = [\""
                            + wanted.labels().stream()
                                    .flatMap(label -> label.choices().stream())
                                    .findFirst()
                                    .orElse("name")
                            + "\"]");
        }
        return new Made(
                new Body.Block(
                        wanted.type(), dynamic.typeRange(), labels, content.body(), dynamic.header(), dynamic.range()),
                inner);
    }

    private List<Body.Label> labels(Body.Attribute attribute, BlockDefinition wanted, Evaluator inner) {
        SourceRange range = attribute.expression().range();
        List<Body.Label> labels = new ArrayList<>();
        for (Value label : texts(inner, attribute)) {
            String text = label instanceof Value.StringValue(String known) ? known : "";
            List<String> choices = labels.size() < wanted.labels().size()
                    ? wanted.labels().get(labels.size()).choices()
                    : List.of();
            if (!choices.isEmpty() && !choices.contains(text)) {
                error(
                        range,
                        "Invalid " + wanted.labels().get(labels.size()).name(),
                        "It must be one of " + String.join(", ", choices) + ", not \"" + text + "\"."
                                + Suggestions.sentence(text, choices));
            }
            labels.add(new Body.Label(text, range));
        }
        return labels;
    }

    private List<Value> texts(Evaluator inner, Body.Attribute attribute) {
        Optional<Value> value = value(inner, attribute);
        if (value.isPresent()
                && value.get().shape().known()
                && Conversion.of(value.get(), new Type.ListOf(Type.STRING))
                        instanceof Conversion.Done(Value.ListValue list, var ignored)) {
            return list.elements();
        }
        if (value.isPresent()) {
            error(attribute.expression().range(), "Invalid labels", "A list of texts that are known is required.");
        }
        return List.of();
    }

    private List<Entry> entries(Body.Attribute attribute) {
        Optional<Value> value = value(evaluator, attribute);
        if (value.isEmpty()) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        switch (value.get()) {
            case Value.ListValue list -> indexed(list.elements(), entries);
            case Value.TupleValue tuple -> indexed(tuple.elements(), entries);
            case Value.SetValue set -> set.elements().forEach(element -> entries.add(new Entry(element, element)));
            case Value.MapValue map -> keyed(map.entries(), entries);
            case Value.ObjectValue object -> keyed(object.attributes(), entries);
            default ->
                error(
                        attribute.expression().range(),
                        "Invalid dynamic for_each value",
                        "A collection that is known and not sensitive is required: it decides which blocks there are."
                                + " For one block or none: for_each = var.public ? [1] : [].");
        }
        return entries;
    }

    private static void indexed(List<Value> elements, List<Entry> entries) {
        for (int i = 0; i < elements.size(); i++) {
            entries.add(new Entry(Value.of(i), elements.get(i)));
        }
    }

    private static void keyed(Map<String, Value> all, List<Entry> entries) {
        all.forEach((key, value) -> entries.add(new Entry(Value.of(key), value)));
    }

    private Optional<Value> value(Evaluator in, Body.Attribute attribute) {
        Evaluation evaluation = in.evaluate(attribute.expression());
        evaluation.diagnostics().forEach(sink);
        return evaluation.value();
    }

    private void error(SourceRange range, String summary, String detail) {
        sink.accept(Diagnostic.error(range, summary, detail));
    }
}
