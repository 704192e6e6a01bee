package dev.skyhedge.specs;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LocationPattern;
import java.util.List;

/// What a replica may run on.
///
/// @param accelerators any of these
/// @param locations any of these
/// @param minVcpus at least this many virtual processors; 0 for any number
/// @param minMemoryGb at least this much main memory; 0 for any
public record ResourcesSpec(
        List<Accelerator> accelerators, List<LocationPattern> locations, int minVcpus, int minMemoryGb) {
    public ResourcesSpec {
        accelerators = List.copyOf(accelerators);
        locations = List.copyOf(locations);
    }

    /// Machines of any size.
    public ResourcesSpec(List<Accelerator> accelerators, List<LocationPattern> locations) {
        this(accelerators, locations, 0, 0);
    }

    /// Whether machines must have a size.
    public boolean hasMinimum() {
        return minVcpus > 0 || minMemoryGb > 0;
    }
}
