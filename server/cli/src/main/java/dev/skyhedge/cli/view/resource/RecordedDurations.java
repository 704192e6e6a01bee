package dev.skyhedge.cli.view.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.specs.schema.AttributeDefinition;
import dev.skyhedge.specs.schema.AttributeType.Constraint;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.specs.schema.Language;
import java.time.Duration;
import java.util.Optional;

/// Shows the durations of a recorded service as they are written in specs. Records keep them in ISO 8601, so that what
/// was recorded once stays as it is.
public final class RecordedDurations {
    private static final BlockDefinition SERVICE =
            Language.STANDARD.file().block("service").orElseThrow();

    private RecordedDurations() {}

    /// The same tree; only what the language knows as a duration is worded anew, never an environment's value.
    public static JsonNode asInSpecs(JsonNode service) {
        return asInSpecs(service, SERVICE);
    }

    private static JsonNode asInSpecs(JsonNode tree, BlockDefinition block) {
        if (!tree.isObject()) {
            return tree;
        }
        ObjectNode copy = Json.object();
        tree.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            Optional<BlockDefinition> inner = block.block(name);
            if (inner.isPresent()) {
                copy.set(name, asInSpecs(value, inner.get()));
            } else if (block.attribute(name)
                    .filter(RecordedDurations::isDuration)
                    .isPresent()) {
                copy.put(name, Durations.text(Duration.parse(value.textValue())));
            } else {
                copy.set(name, value);
            }
        });
        return copy;
    }

    private static boolean isDuration(AttributeDefinition attribute) {
        return attribute.type().constraint() instanceof Constraint.DurationText;
    }
}
