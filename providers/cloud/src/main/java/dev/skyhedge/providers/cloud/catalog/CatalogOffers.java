package dev.skyhedge.providers.cloud.catalog;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.PriceCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Makes offers of a price list.
public final class CatalogOffers {
    private CatalogOffers() {}

    /// Spot prices that are newer than the list.
    @FunctionalInterface
    public interface SpotPrices {
        /// The list's own.
        SpotPrices LISTED = (entry, location) -> entry.spot();

        /// The price of this machine type there; empty if it is not sold on spot.
        Optional<HourlyPrice> price(PriceCatalog.Entry entry, Location location);
    }

    /// The offers that the query asks for. A spot price that is not below the on-demand price buys the risk of
    /// being taken back for nothing: it is left out.
    ///
    /// @param zones the zones of a region, for entries that hold in all of them
    public static List<Offer> offers(
            PriceCatalog catalog, OfferQuery query, Function<String, List<String>> zones, SpotPrices spotPrices) {
        List<Offer> offers = new ArrayList<>();
        for (PriceCatalog.Entry entry : catalog.entries()) {
            if (!query.accelerators().isEmpty() && !query.accelerators().contains(entry.accelerator())) {
                continue;
            }
            for (String zone : entry.zones().isEmpty() ? zones.apply(entry.region()) : entry.zones()) {
                var location = new Location(catalog.provider(), entry.region(), zone);
                if (query.locations().stream().anyMatch(pattern -> pattern.matches(location))) {
                    addOffers(entry, location, spotPrices.price(entry, location), offers);
                }
            }
        }
        return offers;
    }

    private static void addOffers(
            PriceCatalog.Entry entry, Location location, Optional<HourlyPrice> spot, List<Offer> offers) {
        entry.onDemand()
                .ifPresent(price -> offers.add(
                        new Offer(entry.instanceType(), entry.accelerator(), location, Market.ON_DEMAND, price)));
        spot.filter(price -> entry.onDemand().isEmpty()
                        || price.compareTo(entry.onDemand().get()) < 0)
                .ifPresent(price ->
                        offers.add(new Offer(entry.instanceType(), entry.accelerator(), location, Market.SPOT, price)));
    }

    /// The sizes of the machine types in the list, in its order.
    public static SequencedMap<String, MachineShape> shapes(PriceCatalog catalog) {
        SequencedMap<String, MachineShape> shapes = new LinkedHashMap<>();
        catalog.entries().forEach(entry -> shapes.putIfAbsent(entry.instanceType(), entry.shape()));
        return shapes;
    }
}
