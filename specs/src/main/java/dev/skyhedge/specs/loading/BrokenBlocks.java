package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Blocks that have been complained about and are not decoded.
final class BrokenBlocks {
    private final Map<Source, TreeSet<Integer>> errors = new HashMap<>();

    BrokenBlocks(List<Diagnostic> diagnostics) {
        diagnostics.stream()
                .filter(Diagnostic::isError)
                .flatMap(d -> d.subject().stream())
                .forEach(r -> errors.computeIfAbsent(r.source(), ignored -> new TreeSet<>())
                        .add(r.from()));
    }

    boolean contains(Body.Block block) {
        SourceRange range = block.range();
        Integer first = errors.getOrDefault(range.source(), new TreeSet<>()).ceiling(range.from());
        return first != null && first < range.to();
    }
}
