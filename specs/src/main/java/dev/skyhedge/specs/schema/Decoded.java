package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A block whose attributes have values that fit their definitions.
///
/// @param block the block
/// @param given values by attribute, as they are written
/// @param fallbacks what holds for attributes that are not given; those without a default are missing
/// @param blocks the blocks in it, by type
public record Decoded(
        Body.Block block, Map<String, Value> given, Map<String, Value> fallbacks, Map<String, List<Decoded>> blocks) {
    /// The one block of that type.
    public Optional<Decoded> block(String type) {
        List<Decoded> found = blocks.getOrDefault(type, List.of());
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /// The value, given or by default.
    public Optional<Value> value(String name) {
        Value value = given.get(name);
        return Optional.ofNullable(value == null ? fallbacks.get(name) : value);
    }

    /// The text, if there is one.
    public Optional<String> optionalText(String name) {
        return value(name).map(v -> v instanceof Value.StringValue(String text) ? text : "");
    }

    /// The text.
    public String text(String name) {
        return optionalText(name).orElseThrow();
    }

    /// The number, if there is one.
    public Optional<BigDecimal> number(String name) {
        return value(name).map(v -> v instanceof Value.NumberValue(BigDecimal number) ? number : BigDecimal.ZERO);
    }

    /// The whole number.
    public int integer(String name) {
        return number(name).orElseThrow().intValueExact();
    }

    /// Whether it is true.
    public boolean truth(String name) {
        return value(name).orElseThrow().equals(Value.of(true));
    }

    /// The duration.
    public Duration duration(String name) {
        return Durations.parse(text(name)).orElseThrow();
    }

    /// The texts of a list.
    public List<String> texts(String name) {
        if (!(value(name).orElseThrow() instanceof Value.ListValue list)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Value element : list.elements()) {
            texts.add(element instanceof Value.StringValue(String text) ? text : "");
        }
        return texts;
    }

    /// The entries of a map.
    public SequencedMap<String, Value> entries(String name) {
        return switch (value(name).orElseThrow()) {
            case Value.MapValue map -> map.entries();
            case Value.ObjectValue object -> object.attributes();
            default -> new LinkedHashMap<>();
        };
    }
}
