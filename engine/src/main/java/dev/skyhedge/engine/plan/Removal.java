package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.ServiceAddress;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.ServiceRecord;
import java.util.Optional;

/// Why a recorded service goes, and what becomes of its replicas.
///
/// @param why for people
/// @param forgets whether its instances are left running
record Removal(String why, boolean forgets) {
    static Removal of(Spec spec, ServiceRecord service, PlanOptions options) {
        Optional<Removed> block = ServiceAddress.parse(service.address())
                .flatMap(address -> spec.removed().stream()
                        .filter(removed -> removed.from().covers(address))
                        .findFirst());
        boolean forgets = block.filter(removed -> !removed.destroy()).isPresent();
        if (forgets) {
            return new Removal("a removed block says that its instances are left running", true);
        }
        if (options.destroy()) {
            return new Removal("everything is to be destroyed", false);
        }
        return new Removal(
                block.isPresent() ? "a removed block says so" : service.address() + " is not in the spec", false);
    }
}
