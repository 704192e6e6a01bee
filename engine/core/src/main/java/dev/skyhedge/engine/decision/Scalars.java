package dev.skyhedge.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Values without parts of their own, as JSON and back.
final class Scalars {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Scalars() {}

    static Optional<JsonNode> write(Object value) {
        return Optional.ofNullable(
                switch (value) {
                    case String text -> NODES.textNode(text);
                    case Boolean truth -> NODES.booleanNode(truth);
                    case Integer number -> NODES.numberNode(number);
                    case Long number -> NODES.numberNode(number);
                    case Double number -> NODES.numberNode(number);
                    case Enum<?> constant -> NODES.textNode(constant.name());
                    case Instant time -> NODES.textNode(time.toString());
                    case Duration time -> NODES.textNode(time.toString());
                    case OptionalInt number ->
                        number.isPresent() ? NODES.numberNode(number.getAsInt()) : NODES.nullNode();
                    case OptionalDouble number ->
                        number.isPresent() ? NODES.numberNode(number.getAsDouble()) : NODES.nullNode();
                    default -> null;
                });
    }

    static Optional<Object> read(JsonNode node, Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(constant(type, node.asText()));
        }
        return Optional.ofNullable(
                switch (type.getName()) {
                    case "java.lang.String" -> node.asText();
                    case "boolean", "java.lang.Boolean" -> node.booleanValue();
                    case "int", "java.lang.Integer" -> node.intValue();
                    case "long", "java.lang.Long" -> node.longValue();
                    case "double", "java.lang.Double" -> node.doubleValue();
                    case "java.time.Instant" -> Instant.parse(node.asText());
                    case "java.time.Duration" -> Duration.parse(node.asText());
                    case "java.util.OptionalInt" ->
                        node.isNull() ? OptionalInt.empty() : OptionalInt.of(node.intValue());
                    case "java.util.OptionalDouble" ->
                        node.isNull() ? OptionalDouble.empty() : OptionalDouble.of(node.doubleValue());
                    default -> null;
                });
    }

    private static Object constant(Class<?> type, String name) {
        for (Object one : type.getEnumConstants()) {
            if (((Enum<?>) one).name().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("No " + type.getSimpleName() + " is called \"" + name + "\"");
    }
}
