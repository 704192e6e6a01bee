package dev.skyhedge.specs;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import java.util.List;
import java.util.Optional;

/// What a replica may run on.
///
/// @param accelerators any of these
/// @param locations any of these
/// @param minVcpus at least this many virtual processors; 0 for any number
/// @param minMemoryGb at least this much main memory; 0 for any
/// @param maxPrice dearer ones are not rented; empty for any price
public record ResourcesSpec(
        List<Accelerator> accelerators,
        List<LocationPattern> locations,
        int minVcpus,
        int minMemoryGb,
        Optional<HourlyPrice> maxPrice) {
    private static final long MIB_PER_GB = 1024;

    public ResourcesSpec {
        accelerators = List.copyOf(accelerators);
        locations = List.copyOf(locations);
    }

    /// Machines of any size, at any price.
    public ResourcesSpec(List<Accelerator> accelerators, List<LocationPattern> locations) {
        this(accelerators, locations, 0, 0, Optional.empty());
    }

    /// The same on these accelerators.
    public ResourcesSpec on(List<Accelerator> others) {
        return new ResourcesSpec(others, locations, minVcpus, minMemoryGb, maxPrice);
    }

    /// The same at no higher price than this; at any if it is empty.
    public ResourcesSpec upTo(Optional<HourlyPrice> price) {
        return new ResourcesSpec(accelerators, locations, minVcpus, minMemoryGb, price);
    }

    /// Whether the offer costs no more than may be paid.
    public boolean affords(Offer offer) {
        return maxPrice.isEmpty() || offer.price().compareTo(maxPrice.get()) <= 0;
    }

    /// Whether machines must have a size.
    public boolean hasMinimum() {
        return minVcpus > 0 || minMemoryGb > 0;
    }

    /// The least size; empty for any.
    public Optional<MachineShape> least() {
        return hasMinimum()
                ? Optional.of(new MachineShape(Math.max(1, minVcpus), Math.max(1, minMemoryGb * MIB_PER_GB)))
                : Optional.empty();
    }
}
