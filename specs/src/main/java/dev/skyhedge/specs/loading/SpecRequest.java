package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.schema.Language;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to load.
///
/// @param path a directory, whose `*.hcl` files are read, or one file
/// @param variables what the command line says, in its order; later ones win
/// @param environment environment variables; `SKYHEDGE_VAR_x` gives `var.x`
/// @param limits how much the spec may ask
/// @param root the directory below which functions may read files; that of the path if empty
/// @param language what may be written
/// @param plannedAt what `plantimestamp()` is; without it the function is an error
public record SpecRequest(
        Path path,
        List<VariableSource> variables,
        Map<String, String> environment,
        Limits limits,
        Optional<Path> root,
        Language language,
        Optional<Instant> plannedAt) {
    public SpecRequest {
        variables = List.copyOf(variables);
        environment = Map.copyOf(environment);
    }

    /// Without a time.
    public SpecRequest(Path path, List<VariableSource> variables, Map<String, String> environment, Limits limits) {
        this(path, variables, environment, limits, Optional.empty(), Language.STANDARD, Optional.empty());
    }

    /// The spec there, with nothing given from outside.
    public static SpecRequest of(Path path) {
        return new SpecRequest(path, List.of(), Map.of(), Limits.DEFAULT);
    }

    /// The same at that time.
    public SpecRequest at(Instant instant) {
        return new SpecRequest(path, variables, environment, limits, root, language, Optional.of(instant));
    }

    /// The same with functions that read files below another directory.
    public SpecRequest withRoot(Path directory) {
        return new SpecRequest(path, variables, environment, limits, Optional.of(directory), language, plannedAt);
    }

    /// The same in another language.
    public SpecRequest in(Language other) {
        return new SpecRequest(path, variables, environment, limits, root, other, plannedAt);
    }
}
