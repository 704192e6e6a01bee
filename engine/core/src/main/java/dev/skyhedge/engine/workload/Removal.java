package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// Why a recorded workload goes, and what becomes of its replicas.
///
/// @param why for people
/// @param forgets whether its instances are left running
/// @param isDeclared whether a removed block says so
public record Removal(String why, boolean forgets, boolean isDeclared) {
    /// What is to become of a recorded workload that is not to be there.
    public static Removal of(
            Spec spec, WorkloadRecord workload, PlanOptions options, Optional<PlacedOrder> destruction) {
        Optional<Removed> block = WorkloadAddress.parse(workload.address())
                .flatMap(address -> spec.removed().stream()
                        .filter(removed -> removed.from().covers(address))
                        .findFirst());
        boolean forgets = block.filter(removed -> !removed.destroy()).isPresent();
        if (forgets) {
            return new Removal("a removed block says that its instances are left running", true, true);
        }
        if (options.destroy()) {
            String by = destruction.map(placed -> ", " + placed.askedFor()).orElse("");
            return new Removal("everything is to be destroyed" + by, false, block.isPresent());
        }
        return new Removal(
                block.isPresent() ? "a removed block says so" : workload.address() + " is not in the spec",
                false,
                block.isPresent());
    }

    /// Whether somebody wants it: a missing block alone may be a file that is just being written.
    public boolean isAgreed(WorkloadRecord workload, PlanOptions options) {
        return options.destroy() || isDeclared || options.removals().include(workload.name());
    }
}
