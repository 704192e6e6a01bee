package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.Optional;
import java.util.function.Consumer;

/// The values of `output` blocks.
final class Outputs {
    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;

    Outputs(Evaluator evaluator, Consumer<Diagnostic> sink) {
        this.evaluator = evaluator;
        this.sink = sink;
    }

    /// The value, marked if the block says so; empty if it is an error.
    Optional<Value> value(Body.Block block) {
        boolean well = new Conditions(evaluator, block.title(), sink)
                .require(block, "precondition", "Module output value precondition failed");
        if (!well) {
            return Optional.empty();
        }
        return block.body().attribute("value").flatMap(a -> {
            Evaluation evaluation = evaluator.evaluate(a.expression());
            evaluation.diagnostics().forEach(d -> sink.accept(d.in(block.title())));
            return evaluation.value().map(value -> Value.sensitive(value, isSensitive(block)));
        });
    }

    /// The output of the root, whose value may be sensitive only if the block says so.
    Optional<OutputSpec> spec(String name, Body.Block block, Value value) {
        Body.Attribute attribute = block.body().attribute("value").orElseThrow();
        boolean sensitive = isSensitive(block);
        if (value.shape().sensitive() && !sensitive) {
            sink.accept(Diagnostic.error(
                            attribute.expression().range(),
                            "Output refers to sensitive values",
                            "The value is sensitive. If it may leave the spec, add sensitive = true to the output; it is"
                                    + " then shown only when asked for by name.")
                    .in(block.title())
                    .with(evaluator.notes(attribute.expression())));
            return Optional.empty();
        }
        return OutputJson.write(value, attribute, block, sink)
                .map(json -> new OutputSpec(name, json, sensitive, value.shape().known()));
    }

    private boolean isSensitive(Body.Block block) {
        return block.body()
                .attribute("sensitive")
                .flatMap(a -> evaluator.evaluate(a.expression()).value())
                .map(v -> v.equals(Value.of(true)))
                .orElse(false);
    }
}
