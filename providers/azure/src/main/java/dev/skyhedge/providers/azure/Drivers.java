package dev.skyhedge.providers.azure;

import dev.skyhedge.spi.PriceCatalog;
import java.util.Optional;
import java.util.Set;

/// Which cards can be driven: what a machine cannot use is paid for and never ready.
final class Drivers {
    /// Of sizes that have virtual cards, shares of one or all of it, which only NVIDIA's driver for those drives. The
    /// plugin's own image has the usual one.
    private static final Set<String> VIRTUAL = Set.of("A10");

    /// The boot script passes cards to containers as those of NVIDIA are passed.
    private static final Set<String> OTHER_MAKERS = Set.of("MI300X");

    private Drivers() {}

    /// What can be driven of a price list.
    ///
    /// @param image that the user names, who knows what is on it
    static PriceCatalog drivable(PriceCatalog catalog, Optional<String> image) {
        return new PriceCatalog(
                catalog.provider(),
                catalog.pricedAt(),
                catalog.source(),
                catalog.entries().stream()
                        .filter(entry ->
                                !OTHER_MAKERS.contains(entry.accelerator().type()))
                        .filter(entry -> image.isPresent()
                                || !VIRTUAL.contains(entry.accelerator().type()))
                        .toList());
    }
}
