package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Marks;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import dev.skyhedge.specs.values.ValueJson;
import java.util.Optional;
import java.util.function.Consumer;

/// The value of an output as JSON.
final class OutputJson {
    /// What stands for a value that is known after apply.
    private static final String LATER = "\"(known after apply)\"";

    private OutputJson() {}

    static Optional<String> write(Value value, Body.Attribute attribute, Body.Block block, Consumer<Diagnostic> sink) {
        if (!value.shape().known()) {
            return Optional.of(LATER);
        }
        try {
            return Optional.of(ValueJson.write(Marks.strip(value)));
        } catch (ValueException e) {
            sink.accept(Diagnostic.error(attribute.expression().range(), "Invalid output", e.getMessage())
                    .in(block.title()));
            return Optional.empty();
        }
    }
}
