package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/// The price list as of today, as far as EC2 tells it: in which zones a machine type is to be had, and for
/// how much on spot. On-demand prices are in no answer of EC2's, so those of the list in force stay, and
/// with them the list's age; for the same reason machine types that the list does not have stay out.
final class TodaysCatalog {
    private static final String TOLD = "zones and spot prices";

    private final Offers offers;
    private final Prices prices;
    private final InstantSource clock;

    TodaysCatalog(Offers offers, Prices prices, InstantSource clock) {
        this.offers = offers;
        this.prices = prices;
        this.clock = clock;
    }

    /// Asks all regions; complete or failed.
    Outcome<PriceCatalog> read() {
        Instant asked = clock.instant();
        return offers.everywhere().map(told -> renewed(told, asked));
    }

    private PriceCatalog renewed(Map<String, SortedMap<String, List<String>>> told, Instant asked) {
        PriceCatalog known = prices.catalog();
        SequencedMap<String, List<PriceCatalog.Entry>> ofType = new LinkedHashMap<>();
        for (PriceCatalog.Entry entry : known.entries()) {
            ofType.computeIfAbsent(entry.region() + " " + entry.instanceType(), key -> new ArrayList<>())
                    .add(entry);
        }
        List<PriceCatalog.Entry> entries = new ArrayList<>();
        for (List<PriceCatalog.Entry> before : ofType.values()) {
            PriceCatalog.Entry first = before.getFirst();
            SortedMap<String, List<String>> there = told.get(first.region());
            List<String> zones = there == null ? List.of() : there.getOrDefault(first.instanceType(), List.of());
            entries.addAll(zones.isEmpty() ? before : bySpotPrice(first, zones));
        }
        return Catalogs.renewed(known, TOLD, asked, entries);
    }

    /// A row for all zones with the same spot price.
    private List<PriceCatalog.Entry> bySpotPrice(PriceCatalog.Entry entry, List<String> zones) {
        SequencedMap<Optional<HourlyPrice>, List<String>> groups = new LinkedHashMap<>();
        for (String zone : zones) {
            Location location = new Location(AwsProviderFactory.NAME, entry.region(), zone);
            groups.computeIfAbsent(prices.readSpot(entry.instanceType(), location), price -> new ArrayList<>())
                    .add(zone);
        }
        List<PriceCatalog.Entry> rows = new ArrayList<>();
        groups.forEach((spot, there) -> rows.add(new PriceCatalog.Entry(
                entry.instanceType(),
                entry.accelerator(),
                entry.shape(),
                entry.region(),
                there,
                entry.onDemand(),
                spot)));
        return rows;
    }
}
