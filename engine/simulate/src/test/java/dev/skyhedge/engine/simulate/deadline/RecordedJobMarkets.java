package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.Transfer;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Recorded markets as jobs see them, with prices for those that were recorded without.
final class RecordedJobMarkets {
    /// An hour of spot and on demand.
    record Prices(double spot, double onDemand) {}

    /// a3-highgpu-8g, list prices of October 2025.
    static final Map<String, Prices> H100 = Map.of(
            "us-central1", new Prices(18.979008, 82.52543396),
            "us-west1", new Prices(18.979008, 82.52543396),
            "us-east4", new Prices(14.85344, 82.52543712),
            "us-east5", new Prices(16.72672, 92.948357),
            "europe-west1", new Prices(16.35632, 90.868740),
            "europe-west3", new Prices(17.529216, 97.380014),
            "asia-southeast1", new Prices(19.256384, 107.007720),
            "asia-south2", new Prices(69.910116, 99.121323));

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MEGABITS_PER_GIGABYTE = 8 * 1024.0;
    private static final double IN_REGION_MEGABITS = 9720;
    private static final double IN_CONTINENT_MEGABITS = 8200;
    private static final double ACROSS_MEGABITS = 3590;

    private final RecordedMarket recorded;
    private final Map<String, Prices> prices;
    private final double onDemand;

    /// @param prices by region, for what was recorded without
    /// @param onDemand for what was recorded with spot prices
    private RecordedJobMarkets(RecordedMarket recorded, Map<String, Prices> prices, double onDemand) {
        this.recorded = recorded;
        this.prices = prices;
        this.onDemand = onDemand;
    }

    static RecordedJobMarkets priced(Path set, double onDemand) throws IOException {
        return new RecordedJobMarkets(RecordedMarketReader.read(set), Map.of(), onDemand);
    }

    static RecordedJobMarkets listed(Path set, Map<String, Prices> prices) throws IOException {
        return new RecordedJobMarkets(RecordedMarketReader.read(set), prices, Double.NaN);
    }

    List<MarketSeries> series() {
        return recorded.series();
    }

    int tickSeconds() {
        return (int) recorded.gap().toSeconds();
    }

    int ticks() {
        return recorded.series().stream()
                .mapToInt(series -> (int) recorded.length(series.key()).dividedBy(recorded.gap()))
                .min()
                .orElseThrow();
    }

    /// @param zones as the recording names them, each of one series
    JobMarket window(List<String> zones, int from, int ticks, double checkpointGigabytes) {
        List<JobMarket.Zone> all = new ArrayList<>();
        for (String zone : zones) {
            all.add(zone(series(zone), from, ticks));
        }
        List<List<Transfer>> transfers = new ArrayList<>();
        for (String source : zones) {
            List<Transfer> row = new ArrayList<>();
            for (String target : zones) {
                row.add(transfer(series(source).region(), series(target).region(), checkpointGigabytes));
            }
            transfers.add(row);
        }
        return new JobMarket(tickSeconds(), all, transfers);
    }

    private MarketSeries series(String zone) {
        return recorded.series().stream()
                .filter(series -> series.key().equals(zone) || series.zone().equals(zone))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No zone " + zone));
    }

    private JobMarket.Zone zone(MarketSeries series, int from, int ticks) {
        List<Boolean> room = new ArrayList<>();
        List<Double> spot = new ArrayList<>();
        for (int tick = from; tick < from + ticks; tick++) {
            Duration at = recorded.gap().multipliedBy(tick);
            room.add(recorded.capacity(series.key(), at) > 0);
            spot.add(recorded.price(series.key(), at)
                    .map(HourlyPrice::microDollars)
                    .map(micro -> micro / 1e6)
                    .orElseGet(() -> listed(series).spot()));
        }
        double dear = prices.isEmpty() ? onDemand : listed(series).onDemand();
        return new JobMarket.Zone(
                new Location(
                        recorded.sampling().cloud(),
                        series.region(),
                        series.key().replace('/', '.')),
                room,
                spot,
                dear);
    }

    private Prices listed(MarketSeries series) {
        Prices listed = prices.containsKey(series.key()) ? prices.get(series.key()) : prices.get(series.region());
        if (listed == null) {
            throw new IllegalArgumentException("No price for " + series.key());
        }
        return listed;
    }

    static Transfer transfer(String source, String target, double gigabytes) {
        if (source.equals(target)) {
            return Transfer.NONE;
        }
        double speed = continent(source).equals(continent(target)) ? IN_CONTINENT_MEGABITS : ACROSS_MEGABITS;
        double megabits = gigabytes * MEGABITS_PER_GIGABYTE;
        double seconds = megabits / speed - megabits / IN_REGION_MEGABITS;
        double dollars = Set.of("us-east-1", "us-east-2").containsAll(Set.of(source, target)) ? 0.01 : 0.02;
        return new Transfer(seconds / SECONDS_PER_HOUR, gigabytes * dollars);
    }

    private static String continent(String region) {
        return region.substring(0, region.indexOf('-'));
    }
}
