package dev.skyhedge.specs.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that a file may hold: what any spec may have, and a block for each kind of workload.
///
/// @param kinds the kinds of workload, by which their blocks are read
/// @param file a file, as a block without a header
public record Language(List<WorkloadDefinition> kinds, BlockDefinition file) {
    /// The language with the kinds that there are. Who adds one adds it here.
    public static final Language STANDARD = of(new ServiceDefinition(), new SweepDefinition());

    public Language {
        kinds = List.copyOf(kinds);
    }

    /// The language with these kinds.
    public static Language of(WorkloadDefinition... kinds) {
        List<WorkloadDefinition> all = List.of(kinds);
        return new Language(
                all, SpecSchema.file(all.stream().map(WorkloadDefinition::block).toList()));
    }

    /// The same with this kind, too.
    public Language with(WorkloadDefinition kind) {
        List<WorkloadDefinition> all = new ArrayList<>(kinds);
        all.add(kind);
        return of(all.toArray(WorkloadDefinition[]::new));
    }

    /// The kind whose block is of that type.
    public Optional<WorkloadDefinition> kind(String type) {
        for (WorkloadDefinition kind : kinds) {
            if (kind.block().type().equals(type)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The names of the kinds.
    public List<String> names() {
        return kinds.stream().map(kind -> kind.block().type()).toList();
    }
}
