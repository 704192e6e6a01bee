package dev.skyhedge.spi;

import java.time.Instant;
import java.util.List;

/// The instances that carry our tags, as far as they could be seen.
///
/// @param instances live ones, and ended ones for as long as the provider remembers them
/// @param unreachable the locations that could not be asked: an instance missing there is not known to be gone
/// @param at when the provider was asked
public record Observation(List<Instance> instances, List<Unreachable> unreachable, Instant at) {
    public Observation {
        instances = List.copyOf(instances);
        unreachable = List.copyOf(unreachable);
    }

    /// Whether an instance missing from the list is known not to be at this location.
    public boolean covers(Location location) {
        return unreachable.stream().noneMatch(gap -> gap.locations().matches(location));
    }
}
