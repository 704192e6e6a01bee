package dev.skyhedge.specs;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LocationPattern;
import java.util.List;

/// What a replica may run on.
///
/// @param accelerators any of these
/// @param locations any of these
public record ResourcesSpec(List<Accelerator> accelerators, List<LocationPattern> locations) {
    public ResourcesSpec {
        accelerators = List.copyOf(accelerators);
        locations = List.copyOf(locations);
    }
}
