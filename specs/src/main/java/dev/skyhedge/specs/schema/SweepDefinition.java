package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/// The kind `sweep` in the language.
final class SweepDefinition implements WorkloadDefinition {
    @Override
    public BlockDefinition block() {
        return SweepSchema.SWEEP;
    }

    @Override
    public Optional<WorkloadSpec> decode(
            Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink) {
        return SweepDecoder.decode(block, name, address, names, sink).map(sweep -> sweep);
    }

    /// What the trial is made of has a meaning for a configuration only, and there may be none.
    @Override
    public void check(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
        new BlockDecoder(names, block.title(), sink).decode(block, SweepSchema.WITHOUT_TRIAL, List.of());
    }

    /// The parameters, in the trial.
    @Override
    public Set<String> namesWithin(Body.Block sweep, Body.Block inner) {
        Set<String> names = new LinkedHashSet<>();
        if (inner.type().equals(SweepSchema.TRIAL.type())) {
            String type = SweepSchema.PARAM.type();
            sweep.body().blocks("space").stream()
                    .flatMap(space -> space.body().blocks(type).stream())
                    .filter(param -> !param.labels().isEmpty())
                    .forEach(param ->
                            names.add(type + "." + param.labels().getFirst().text()));
        }
        return names;
    }

    @Override
    public SequencedMap<String, Value> attributes(WorkloadSpec workload, Value readyReplicas) {
        SequencedMap<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("name", Value.of(workload.name()));
        attributes.put("address", Value.of(workload.address()));
        attributes.put(
                "trials",
                Value.of(workload instanceof SweepSpec sweep ? sweep.trials().size() : 0));
        return attributes;
    }
}
