package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What few functions see besides their arguments. The evaluation itself stays pure: the same surroundings and
/// the same arguments give the same result.
///
/// @param plannedAt says the instant of the plan, the same each time it is asked; whoever gives it may note that
///     it was
/// @param files the files that may be read
/// @param templates how the text of a template becomes a string
public record Surroundings(Supplier<Optional<Instant>> plannedAt, SpecFileAccess files, TemplateRenderer templates) {
    /// No time, and no files.
    public static final Surroundings NONE = of(Optional::empty, SpecFileAccess.NONE);

    /// These; evaluation adds the rendering of templates.
    public static Surroundings of(Supplier<Optional<Instant>> plannedAt, SpecFileAccess files) {
        return new Surroundings(plannedAt, files, (name, text, variables) -> {
            throw new FunctionException(-1, "templates cannot be rendered here");
        });
    }

    /// The same with another renderer.
    public Surroundings with(TemplateRenderer renderer) {
        return new Surroundings(plannedAt, files, renderer);
    }

    /// Renders the text of a template.
    @FunctionalInterface
    public interface TemplateRenderer {
        /// @param name the file, for messages
        /// @throws FunctionException if it cannot be rendered
        Value render(String name, String text, Map<String, Value> variables);
    }
}
