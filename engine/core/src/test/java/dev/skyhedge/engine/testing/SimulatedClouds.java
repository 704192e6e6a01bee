package dev.skyhedge.engine.testing;

import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.Machines;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Clouds for tests: `sim`, two regions, three zones, the first one cheapest.
public final class SimulatedClouds {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Location EAST_A = new Location("sim", "east", "east-a");
    public static final Location EAST_B = new Location("sim", "east", "east-b");
    public static final Location WEST_A = new Location("sim", "west", "west-a");
    public static final List<Location> ZONES = List.of(EAST_A, EAST_B, WEST_A);
    public static final HourlyPrice ON_DEMAND = HourlyPrice.ofUsd("1.00");

    private static final int ROOM = 1_000_000;
    private static final long CHEAPEST_SPOT_MICRO_DOLLARS = 300_000;
    private static final long PRICE_STEP_MICRO_DOLLARS = 10_000;

    private SimulatedClouds() {}

    /// Boots in 30 s and takes nothing back by itself.
    public static Cloud calm() {
        return calm(rules());
    }

    /// Replicas are up within a minute, and nothing goes wrong by itself.
    public static CloudRules rules() {
        return CloudRules.calm().withBoot(Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    /// A cloud with room for everybody.
    public static Cloud calm(CloudRules rules) {
        return cloud(rules, new CalmMarket(series(), ROOM), START);
    }

    /// The market of each zone.
    public static List<MarketSeries> series() {
        return ZONES.stream()
                .map(zone -> MarketSeries.ofZone(zone.region(), zone.zone()))
                .toList();
    }

    /// A cloud with this market.
    public static Cloud cloud(CloudRules rules, MarketTrace market, Instant start) {
        return cloud(rules, market, start, VirtualMachines.withMadeUpAddresses());
    }

    /// A cloud with this market, of these machines.
    public static Cloud cloud(CloudRules rules, MarketTrace market, Instant start, Machines.Maker machines) {
        List<Listing> listings = market.series().stream()
                .map(series -> listing(series, market.series().indexOf(series)))
                .toList();
        var description = new CloudDescription("sim", listings, market, start, rules, new SplittableRandom(1));
        return new Cloud(description, machines, new Ledger(), start);
    }

    private static Listing listing(MarketSeries series, int position) {
        return new Listing(
                "small",
                Accelerator.parse("CPU:1"),
                new Location("sim", series.region(), series.zone()),
                Optional.of(ON_DEMAND),
                new HourlyPrice(CHEAPEST_SPOT_MICRO_DOLLARS + position * PRICE_STEP_MICRO_DOLLARS),
                Optional.of(series.key()));
    }
}
