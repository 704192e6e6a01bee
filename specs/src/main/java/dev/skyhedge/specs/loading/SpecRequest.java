package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to load.
///
/// @param path a directory, whose `*.hcl` files are read, or one file
/// @param variables what the command line says, in its order; later ones win
/// @param environment environment variables; `SKYHEDGE_VAR_x` gives `var.x`
/// @param limits how much the spec may ask
public record SpecRequest(Path path, List<VariableSource> variables, Map<String, String> environment, Limits limits) {
    public SpecRequest {
        variables = List.copyOf(variables);
        environment = Map.copyOf(environment);
    }

    /// The spec there, with nothing given from outside.
    public static SpecRequest of(Path path) {
        return new SpecRequest(path, List.of(), Map.of(), Limits.DEFAULT);
    }
}
