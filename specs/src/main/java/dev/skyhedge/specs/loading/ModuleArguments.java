package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The arguments of a `module` block that are values for the module's variables.
final class ModuleArguments {
    private static final Set<String> OURS = Set.of("source", "count", "for_each");

    private final Body.Block block;
    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;

    ModuleArguments(Body.Block block, Evaluator evaluator, Consumer<Diagnostic> sink) {
        this.block = block;
        this.evaluator = evaluator;
        this.sink = sink;
    }

    /// The values; empty if any is an error.
    Optional<List<GivenValue>> values() {
        List<GivenValue> values = new ArrayList<>();
        boolean well = true;
        for (Body.Attribute attribute : block.body().attributes().toList()) {
            if (!OURS.contains(attribute.name())) {
                Evaluation evaluation = evaluator.evaluate(attribute.expression());
                evaluation.diagnostics().forEach(d -> sink.accept(d.in(block.title())));
                evaluation.value().ifPresent(value -> values.add(new GivenValue.InModule(attribute, value)));
                well &= evaluation.value().isPresent();
            }
        }
        return well ? Optional.of(values) : Optional.empty();
    }
}
