package dev.skyhedge.engine.testing;

import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The blocks `moved`, `removed` and `import` around the services of a spec.
public record Blocks(List<Moved> moved, List<Removed> removed, List<Import> imports) {
    public static final Blocks NONE = new Blocks(List.of(), List.of(), List.of());

    public Blocks moved(String from, String to) {
        return new Blocks(plus(moved, new Moved(address(from), address(to))), removed, imports);
    }

    public Blocks removed(String from, boolean destroy) {
        return new Blocks(moved, plus(removed, new Removed(address(from), destroy)), imports);
    }

    public Blocks imports(String to, String id) {
        return new Blocks(moved, removed, plus(imports, new Import(address(to), id)));
    }

    /// The spec that declares these services beside the blocks.
    public Spec around(Declared... services) {
        Spec plain = Declared.all(services);
        return new Spec(
                plain.providers(),
                plain.workloads(),
                plain.outputs(),
                plain.checks(),
                moved,
                removed,
                imports,
                Optional.empty());
    }

    private static WorkloadAddress address(String text) {
        return WorkloadAddress.parse(text).orElseThrow();
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> all = new ArrayList<>(list);
        all.add(one);
        return all;
    }
}
