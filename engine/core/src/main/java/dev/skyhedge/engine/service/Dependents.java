package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Services that are to go, too, and before the one that they depend on.
final class Dependents {
    private Dependents() {}

    /// Names of those that still have live replicas. What depends on each other in a circle, as recorded at
    /// different times, is not waited for.
    static List<String> of(WorkloadRecord service, Collection<WorkloadRecord> removed, World world) {
        return removed.stream()
                .filter(other -> dependsOn(other).contains(service.name()))
                .filter(other -> Awaited.Gone.isLive(world, other.name()))
                .filter(other -> !reaches(service, other.name(), removed))
                .map(WorkloadRecord::name)
                .toList();
    }

    private static boolean reaches(WorkloadRecord from, String wanted, Collection<WorkloadRecord> removed) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(dependsOn(from));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.equals(wanted)) {
                return true;
            }
            if (seen.add(name)) {
                removed.stream().filter(one -> one.name().equals(name)).forEach(one -> open.addAll(dependsOn(one)));
            }
        }
        return false;
    }

    private static List<String> dependsOn(WorkloadRecord service) {
        return SpecJson.dependsOn(service.specJson());
    }
}
