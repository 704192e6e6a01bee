package dev.skyhedge.engine.declared;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Collection;
import java.util.List;

/// Recorded workloads that a spec says nothing about: neither declares them, nor says in a `moved` or `removed` block
/// what became of them.
public final class UndeclaredWorkloads {
    private UndeclaredWorkloads() {}

    public static List<WorkloadRecord> of(Spec spec, Collection<WorkloadRecord> recorded) {
        return recorded.stream()
                .filter(workload -> !spec.workloads().containsKey(workload.name()))
                .filter(workload -> !isAccountedFor(spec, workload))
                .toList();
    }

    private static boolean isAccountedFor(Spec spec, WorkloadRecord workload) {
        return WorkloadAddress.parse(workload.address()).stream()
                .anyMatch(from -> spec.removed().stream()
                                .anyMatch(removed -> removed.from().covers(from))
                        || spec.moved().stream()
                                .flatMap(moved -> moved.of(from).stream())
                                .anyMatch(to -> spec.workloads().containsKey(to.name())));
    }
}
