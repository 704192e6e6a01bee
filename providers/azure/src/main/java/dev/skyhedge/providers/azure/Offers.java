package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.providers.cloud.catalog.CatalogOffers;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.PriceSource;
import dev.skyhedge.spi.Unreachable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What can be rented: the price list, in the zones that sell the size to this subscription today. Where
/// the cloud cannot say which do, every zone is offered, and one that does not refuses the launch.
final class Offers {
    /// The zones that a region with zones has.
    private static final List<String> USUAL_ZONES = List.of("1", "2", "3");

    private final PriceCatalog catalog;
    private final List<String> regions;
    private final RegionSizes sizes;
    private final InstantSource clock;

    /// @param regions regions to use; empty for all of the price list
    Offers(PriceCatalog catalog, List<String> regions, RegionSizes sizes, InstantSource clock) {
        this.catalog = catalog;
        this.regions = regions;
        this.sizes = sizes;
        this.clock = clock;
    }

    Outcome<OfferList> offers(OfferQuery query) {
        List<PriceCatalog.Entry> wanted = catalog.entries().stream()
                .filter(entry -> regions.isEmpty() || regions.contains(entry.region()))
                .filter(entry ->
                        query.accelerators().isEmpty() || query.accelerators().contains(entry.accelerator()))
                .filter(entry -> query.locations().stream().anyMatch(pattern -> mayMatch(pattern, entry.region())))
                .toList();
        SortedSet<String> asked = new TreeSet<>();
        wanted.forEach(entry -> asked.add(entry.region()));
        return sizes.in(List.copyOf(asked)).combine(answers -> list(query, wanted, answers));
    }

    /// Whether some zone of the region may be meant.
    private static boolean mayMatch(LocationPattern pattern, String region) {
        LocationPattern anyZone = new LocationPattern(pattern.cloud(), pattern.region(), "*");
        return anyZone.matches(new Location(AzureNames.CLOUD, region, AzureNames.REGIONAL));
    }

    private OfferList list(OfferQuery query, List<PriceCatalog.Entry> wanted, Places.Answers<String, Sizes> answers) {
        List<PriceCatalog.Entry> here = new ArrayList<>();
        for (PriceCatalog.Entry entry : wanted) {
            Sizes known = answers.values().get(entry.region());
            if (known != null && !known.sizes().isEmpty()) {
                known.size(entry.instanceType()).ifPresent(size -> here.add(in(entry, size)));
            } else if (known != null) {
                here.add(entry);
            }
        }
        PriceCatalog sold = new PriceCatalog(catalog.provider(), catalog.pricedAt(), catalog.source(), here);
        List<Offer> offers = CatalogOffers.offers(sold, query, region -> USUAL_ZONES, CatalogOffers.SpotPrices.LISTED);
        PriceSource source =
                new PriceSource(AzureNames.everywhere(), Optional.empty(), catalog.source(), catalog.pricedAt());
        List<Unreachable> gaps = answers.unreachable(region -> new LocationPattern(AzureNames.CLOUD, region, "*"));
        return new OfferList(offers, clock.instant(), gaps, List.of(source), CatalogOffers.shapes(catalog));
    }

    private static PriceCatalog.Entry in(PriceCatalog.Entry entry, Sizes.Size size) {
        return new PriceCatalog.Entry(
                entry.instanceType(),
                entry.accelerator(),
                entry.shape(),
                entry.region(),
                List.copyOf(size.zones()),
                entry.onDemand(),
                size.spot() ? entry.spot() : Optional.empty());
    }
}
