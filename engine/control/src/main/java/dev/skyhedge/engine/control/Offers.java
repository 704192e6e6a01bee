package dev.skyhedge.engine.control;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which offers are of interest.
final class Offers {
    private Offers() {}

    /// Everything that any workload of the spec permits.
    static OfferQuery permittedBy(Spec spec) {
        Set<LocationPattern> locations = new LinkedHashSet<>();
        Set<Accelerator> accelerators = new LinkedHashSet<>();
        for (WorkloadSpec workload : spec.workloads().values()) {
            workload.permitted().ifPresent(machines -> {
                locations.addAll(machines.locations());
                accelerators.addAll(machines.accelerators());
            });
        }
        return new OfferQuery(List.copyOf(locations), List.copyOf(accelerators));
    }
}
