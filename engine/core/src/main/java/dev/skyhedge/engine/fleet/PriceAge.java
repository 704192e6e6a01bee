package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.PriceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Warns of plans that rest on old prices.
final class PriceAge {
    private static final Duration OLD = Duration.ofHours(24);

    private PriceAge() {}

    /// A sentence for each source of old prices among these offers.
    static List<String> warnings(List<Offer> offers, Supply supply, Instant now) {
        if (supply.sources().isEmpty()) {
            return List.of();
        }
        return offers.stream()
                .flatMap(offer -> supply.source(offer).stream())
                .filter(source -> Duration.between(source.pricedAt(), now).compareTo(OLD) > 0)
                .distinct()
                .map(source -> warning(source, now))
                .toList();
    }

    private static String warning(PriceSource source, Instant now) {
        Duration age = Duration.between(source.pricedAt(), now);
        String cloud = source.locations().cloud();
        return "prices of " + source.locations()
                + source.market().map(market -> " " + market.word()).orElse("") + " are "
                + (age.toDays() > 1 ? age.toDays() + " days" : age.toHours() + " h") + " old (" + source.source()
                + "); `skyhedge catalog update " + cloud + "` renews them";
    }
}
