package dev.skyhedge.engine.declared;

import dev.skyhedge.specs.ServiceAddress;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Collection;
import java.util.List;

/// Recorded services that a spec says nothing about: neither declares them, nor says in a `moved` or `removed` block
/// what became of them.
public final class UndeclaredServices {
    private UndeclaredServices() {}

    public static List<WorkloadRecord> of(Spec spec, Collection<WorkloadRecord> recorded) {
        return recorded.stream()
                .filter(workload -> workload.is(WorkloadRecord.SERVICE))
                .filter(service -> !spec.services().containsKey(service.name()))
                .filter(service -> !isAccountedFor(spec, service))
                .toList();
    }

    private static boolean isAccountedFor(Spec spec, WorkloadRecord service) {
        return ServiceAddress.parse(service.address()).stream()
                .anyMatch(from -> spec.removed().stream()
                                .anyMatch(removed -> removed.from().covers(from))
                        || spec.moved().stream()
                                .flatMap(moved -> moved.of(from).stream())
                                .anyMatch(to -> spec.services().containsKey(to.name())));
    }
}
