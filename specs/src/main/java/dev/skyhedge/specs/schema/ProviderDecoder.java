package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Makes a [ProviderSpec] of a `provider` block: plain JDK values that only the provider can judge.
public final class ProviderDecoder {
    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;
    private final String context;

    private ProviderDecoder(Evaluator evaluator, Consumer<Diagnostic> sink, String context) {
        this.evaluator = evaluator;
        this.sink = sink;
        this.context = context;
    }

    /// Decodes the block; what cannot be evaluated is missing from the result and told to the sink.
    public static ProviderSpec decode(Body.Block block, Evaluator evaluator, Consumer<Diagnostic> sink) {
        ProviderDecoder decoder = new ProviderDecoder(evaluator, sink, block.title());
        return new ProviderSpec(block.labels().getFirst().text(), decoder.body(block.body()));
    }

    private SequencedMap<String, Object> body(Body body) {
        SequencedMap<String, Object> settings = new LinkedHashMap<>();
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Attribute attribute -> attribute(attribute, settings);
                case Body.Block block -> block(block, settings);
            }
        }
        return settings;
    }

    private void attribute(Body.Attribute attribute, Map<String, Object> settings) {
        Evaluation evaluation = evaluator.evaluate(attribute.expression());
        evaluation.diagnostics().forEach(this::report);
        evaluation.value().ifPresent(value -> {
            if (value.shape().sensitive() || !value.shape().known()) {
                String why = value.shape().sensitive() ? "sensitive" : "known only after apply";
                report(Diagnostic.error(
                        attribute.expression().range(),
                        "Invalid value for argument",
                        "The value is " + why + ", which a provider's setting cannot be. Providers find their own"
                                + " credentials, as their command line tools do."));
            } else if (!(value instanceof Value.NullValue)) {
                settings.put(attribute.name(), plain(value));
            }
        });
    }

    /// A block is a map; one with labels is a map by label; blocks of the same type without labels are a list.
    private void block(Body.Block block, Map<String, Object> settings) {
        SequencedMap<String, Object> inner = body(block.body());
        for (Body.Label label : block.labels().reversed()) {
            SequencedMap<String, Object> labelled = new LinkedHashMap<>();
            labelled.put(label.text(), inner);
            inner = labelled;
        }
        Object before = settings.get(block.type());
        settings.put(
                block.type(),
                before == null ? inner : joined(before, inner, !block.labels().isEmpty()));
    }

    private static Object joined(Object before, SequencedMap<String, Object> inner, boolean labelled) {
        if (labelled && before instanceof Map<?, ?> map) {
            SequencedMap<String, Object> both = new LinkedHashMap<>();
            map.forEach((key, value) -> both.put(String.valueOf(key), value));
            both.putAll(inner);
            return both;
        }
        List<Object> all = new ArrayList<>();
        if (before instanceof List<?> list) {
            all.addAll(list);
        } else {
            all.add(before);
        }
        all.add(inner);
        return List.copyOf(all);
    }

    private void report(Diagnostic diagnostic) {
        sink.accept(diagnostic.in(context));
    }

    /// Nulls in lists and maps are left out.
    private static Object plain(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> text;
            case Value.NumberValue(var number) -> number;
            case Value.BoolValue(boolean truth) -> truth;
            case Value.ListValue list -> plain(list.elements());
            case Value.SetValue set -> plain(set.elements());
            case Value.TupleValue tuple -> plain(tuple.elements());
            case Value.MapValue map -> plain(map.entries());
            case Value.ObjectValue object -> plain(object.attributes());
            case Value.NullValue v -> throw new IllegalArgumentException("A null has no plain value: " + v);
            case Value.UnknownValue v -> throw new IllegalArgumentException("Unknown: " + v);
            case Value.SensitiveValue v -> throw new IllegalArgumentException("Sensitive: " + v);
            case Value.SecretValue v -> throw new IllegalArgumentException("A secret: " + v);
        };
    }

    private static List<Object> plain(List<Value> elements) {
        return elements.stream()
                .filter(e -> !(e instanceof Value.NullValue))
                .map(ProviderDecoder::plain)
                .toList();
    }

    private static Map<String, Object> plain(SequencedMap<String, Value> entries) {
        SequencedMap<String, Object> plain = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (!(value instanceof Value.NullValue)) {
                plain.put(key, plain(value));
            }
        });
        return plain;
    }
}
