package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.MarketSelection;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The cloud that a market belongs to, and a service in it.
///
/// @param description the cloud
/// @param spec the one service, permitted what the market has
/// @param adapted whether the service's own resources do not permit all that the market has, and were replaced
public record MarketCloud(CloudDescription description, Spec spec, boolean adapted) {
    private static final String ANY_TYPE = "small";
    private static final int MAX_INSTANCES = 1_000_000;

    /// Builds both. All series of the market are zones of the service.
    ///
    /// @param service what is simulated
    /// @param cloud name of the cloud
    /// @param market where spot capacity comes from
    /// @param origin when the market begins
    /// @param prices where the market has none
    /// @param lags of which the cloud itself gives the notice
    /// @param seed of the cloud's own choices: who goes first when capacity falls
    public static MarketCloud of(
            ServiceSpec service,
            String cloud,
            MarketTrace market,
            Instant origin,
            PriceBook prices,
            Lags lags,
            long seed) {
        List<Listing> listings = market.series().stream()
                .map(series -> listing(cloud, series, market, prices))
                .toList();
        CloudRules rules = CloudRules.calm()
                .withNotice(lags.notice())
                .withVictims(CloudRules.Victims.RANDOM)
                .withLimits(MAX_INSTANCES, Double.POSITIVE_INFINITY);
        var description = new CloudDescription(cloud, listings, market, origin, rules, new SplittableRandom(seed));
        boolean permitted = listings.stream().allMatch(listing -> permits(service.resources(), listing));
        ServiceSpec placed =
                permitted ? service : service.with(everything(cloud, listings)).alone();
        return new MarketCloud(description, Spec.of(placed), !permitted);
    }

    static boolean permits(ResourcesSpec resources, Listing listing) {
        return resources.accelerators().contains(listing.accelerator())
                && resources.locations().stream().anyMatch(pattern -> pattern.matches(listing.location()));
    }

    private static ResourcesSpec everything(String cloud, List<Listing> listings) {
        return new ResourcesSpec(
                listings.stream().map(Listing::accelerator).distinct().toList(),
                List.of(LocationPattern.parse(cloud + "/*/*")));
    }

    private static Listing listing(String cloud, MarketSeries series, MarketTrace market, PriceBook prices) {
        String type = series.hardware().map(MarketSeries.Hardware::instanceType).orElse(ANY_TYPE);
        Accelerator accelerator = MarketSelection.accelerator(series);
        PriceBook.Prices found =
                prices.of(type, accelerator, series.region(), market.price(series.key(), Duration.ZERO));
        return new Listing(
                type,
                accelerator,
                new Location(cloud, series.region(), series.zone()),
                Optional.of(found.onDemand()),
                found.spot(),
                Optional.of(series.key()));
    }
}
