package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.catalog.CatalogOffers;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.PriceCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What machine types are and cost: the catalogue, and spot prices as they were last read. Thread-safe.
final class Prices implements CatalogOffers.SpotPrices {
    private record Pool(String type, Location location) {}

    private final PriceCatalog catalog;
    private final Map<String, Accelerator> accelerators = new LinkedHashMap<>();
    private final Map<String, List<PriceCatalog.Entry>> entries = new LinkedHashMap<>();
    private final Map<Pool, HourlyPrice> spot = new ConcurrentHashMap<>();

    Prices(PriceCatalog catalog) {
        this.catalog = catalog;
        for (PriceCatalog.Entry entry : catalog.entries()) {
            accelerators.putIfAbsent(entry.instanceType(), entry.accelerator());
            entries.computeIfAbsent(entry.region() + "/" + entry.instanceType(), key -> new ArrayList<>())
                    .add(entry);
        }
    }

    PriceCatalog catalog() {
        return catalog;
    }

    /// The machine types of the catalogue.
    List<String> types() {
        return List.copyOf(accelerators.keySet());
    }

    /// What a machine type computes with.
    Optional<Accelerator> accelerator(String type) {
        return Optional.ofNullable(accelerators.get(type));
    }

    /// The row of the catalogue that holds there: the one that names the zone, or all zones, else the region's
    /// first, for a zone that is newer than the catalogue.
    Optional<PriceCatalog.Entry> row(String type, Location location) {
        List<PriceCatalog.Entry> rows = entries.getOrDefault(location.region() + "/" + type, List.of());
        return rows.stream()
                .filter(one -> one.zones().isEmpty() || one.zones().contains(location.zone()))
                .findFirst()
                .or(() -> rows.stream().findFirst());
    }

    /// What renting costs, as far as it is known.
    Optional<HourlyPrice> price(String type, Location location, Market market) {
        Optional<PriceCatalog.Entry> entry = row(type, location);
        return switch (market) {
            case ON_DEMAND -> entry.flatMap(PriceCatalog.Entry::onDemand);
            case SPOT ->
                readSpot(type, location)
                        .or(() -> entry.flatMap(PriceCatalog.Entry::spot))
                        .or(() -> entry.flatMap(PriceCatalog.Entry::onDemand));
        };
    }

    /// The spot price as it was read; empty if none was.
    Optional<HourlyPrice> readSpot(String type, Location location) {
        return Optional.ofNullable(spot.get(new Pool(type, location)));
    }

    /// A spot price was read.
    void spot(String type, Location location, HourlyPrice price) {
        spot.put(new Pool(type, location), price);
    }

    /// The spot price as it was read, else that of the catalogue.
    @Override
    public Optional<HourlyPrice> price(PriceCatalog.Entry entry, Location location) {
        return readSpot(entry.instanceType(), location).or(entry::spot);
    }
}
