package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// Why a recorded service goes, and what becomes of its replicas.
///
/// @param why for people
/// @param forgets whether its instances are left running
/// @param isDeclared whether a removed block says so
record Removal(String why, boolean forgets, boolean isDeclared) {
    static Removal of(Spec spec, WorkloadRecord service, PlanOptions options, Optional<PlacedOrder> destruction) {
        Optional<Removed> block = WorkloadAddress.parse(service.address())
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
                block.isPresent() ? "a removed block says so" : service.address() + " is not in the spec",
                false,
                block.isPresent());
    }

    /// Whether somebody wants it: a missing block alone may be a file that is just being written.
    boolean isAgreed(WorkloadRecord service, PlanOptions options) {
        return options.destroy() || isDeclared || options.removals().include(service.name());
    }
}
