package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The attributes that a service's `lifecycle { ignore_changes = [...] }` names: `protect`, a whole block such as
/// `scaling`, or an attribute in one such as `replica.image`.
final class IgnoredAttributes {
    private static final String ALL = "all";

    private final Consumer<Diagnostic> sink;
    private final List<String> paths = new ArrayList<>();
    private boolean failed;

    private IgnoredAttributes(Consumer<Diagnostic> sink) {
        this.sink = sink;
    }

    /// The paths that the block names, in its order; empty if any of them is wrong, which the sink is told.
    static Optional<List<String>> of(Body.Block service, Consumer<Diagnostic> sink) {
        var ignored = new IgnoredAttributes(sink);
        for (Body.Block lifecycle : service.body().blocks(ServiceSchema.LIFECYCLE.type())) {
            lifecycle.body().attribute("ignore_changes").ifPresent(attribute -> ignored.read(attribute.expression()));
        }
        return ignored.failed ? Optional.empty() : Optional.of(List.copyOf(ignored.paths));
    }

    private void read(Expression expression) {
        switch (expression) {
            case Expression.Name name when name.name().equals(ALL) -> paths.addAll(blocks());
            case Expression.Tuple tuple -> tuple.elements().forEach(this::element);
            default ->
                wrong(expression, "A list of attribute names is required, such as [replica.image, scaling], or all.");
        }
    }

    private void element(Expression element) {
        Optional<String> path = path(element);
        if (path.filter(known()::contains).isPresent()) {
            paths.add(path.get());
            return;
        }
        wrong(
                element,
                path.map(text -> "A service has no attribute \"" + text + "\" whose changes can be ignored."
                                + Suggestions.sentence(text, known()))
                        .orElse("The name of an attribute is required, such as scaling or replica.image."));
    }

    /// As written without quotes; in JSON, which has no other way, within them.
    private static Optional<String> path(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Optional.of(name.name());
            case Expression.Attribute(Expression.Name source, String name, var ignored, var range) ->
                Optional.of(source.name() + "." + name);
            case Expression.Template(List<Expression.Part> parts, var range)
            when parts.size() == 1 && parts.getFirst() instanceof Expression.Part.Text(String text) ->
                Optional.of(text);
            default -> Optional.empty();
        };
    }

    private static List<String> blocks() {
        List<String> all = new ArrayList<>();
        for (BlockDefinition block : ServiceSchema.SERVICE.blocks()) {
            if (block != ServiceSchema.LIFECYCLE && block != SpecSchema.PRECONDITION) {
                all.add(block.type());
            }
        }
        all.add("protect");
        return all;
    }

    private static SequencedSet<String> known() {
        SequencedSet<String> known = new TreeSet<>(blocks());
        for (BlockDefinition block : ServiceSchema.SERVICE.blocks()) {
            if (known.contains(block.type())) {
                block.attributes().forEach(attribute -> known.add(block.type() + "." + attribute.name()));
            }
        }
        return known;
    }

    private void wrong(Expression expression, String detail) {
        failed = true;
        sink.accept(Diagnostic.error(expression.range(), "Invalid ignore_changes argument", detail));
    }
}
