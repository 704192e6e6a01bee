package dev.skyhedge.engine.testing.lamp;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;

import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.schema.AttributeType;
import dev.skyhedge.specs.schema.BlockDecoder;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.schema.Decoded;
import dev.skyhedge.specs.schema.WorkloadDefinition;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// The kind `lamp` in the language.
final class LampDefinition implements WorkloadDefinition {
    private static final BlockDefinition LAMP = BlockDefinition.block(
                    Lamps.KIND,
                    BlockDefinition.Occurrence.ANY,
                    "Machines that shine.",
                    List.of(
                            required("machines", AttributeType.whole(0, 100), "3", "How many."),
                            fallback("colour", AttributeType.TEXT, "\"white\"", "\"red\"", "What they show."),
                            optional("count", AttributeType.whole(0, 100), "2", "How many lamps to make.")))
            .labelled("name");

    @Override
    public BlockDefinition block() {
        return LAMP;
    }

    @Override
    public Optional<WorkloadSpec> decode(
            Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink) {
        return decoded(block, names, sink)
                .map(lamp ->
                        new Lamp(name, address, lamp.integer("machines"), lamp.text("colour"), List.of(), List.of()));
    }

    @Override
    public void check(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
        decoded(block, names, sink);
    }

    private static Optional<Decoded> decoded(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
        return new BlockDecoder(names, block.title(), sink).decode(block, LAMP, List.of("count"));
    }

    @Override
    public SequencedMap<String, Value> attributes(WorkloadSpec workload, Value readyReplicas) {
        SequencedMap<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("name", Value.of(workload.name()));
        attributes.put("ready_replicas", readyReplicas);
        return attributes;
    }
}
