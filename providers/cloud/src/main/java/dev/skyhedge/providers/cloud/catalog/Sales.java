package dev.skyhedge.providers.cloud.catalog;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.PriceCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is sold, and for how much, as the price list has it. Looked up by name only, so that no order comes of
/// it.
public final class Sales {
    private final Map<String, Accelerator> accelerators = new HashMap<>();
    private final Map<String, PriceCatalog.Entry> entries = new HashMap<>();

    public Sales(PriceCatalog catalog) {
        for (PriceCatalog.Entry entry : catalog.entries()) {
            accelerators.put(entry.instanceType(), entry.accelerator());
            entries.put(entry.instanceType() + " " + entry.region(), entry);
        }
    }

    /// What a machine computes with; empty if the list has no such instance type.
    public Optional<Accelerator> accelerator(String instanceType) {
        return Optional.ofNullable(accelerators.get(instanceType));
    }

    /// What a machine costs; empty if the list does not say.
    public Optional<HourlyPrice> price(String instanceType, Location location, Market market) {
        return Optional.ofNullable(entries.get(instanceType + " " + location.region()))
                .flatMap(entry -> switch (market) {
                    case SPOT -> entry.spot();
                    case ON_DEMAND -> entry.onDemand();
                });
    }
}
