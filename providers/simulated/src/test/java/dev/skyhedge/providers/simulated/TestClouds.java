package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Small clouds and requests for tests.
final class TestClouds {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String LINEAGE = "lineage-a";
    static final List<MarketSeries> ZONES = List.of(
            MarketSeries.ofZone("east", "east-a"),
            MarketSeries.ofZone("east", "east-b"),
            MarketSeries.ofZone("west", "west-a"));
    static final Location EAST_A = new Location("sim", "east", "east-a");
    static final Location EAST_B = new Location("sim", "east", "east-b");
    static final HourlyPrice ON_DEMAND = HourlyPrice.ofUsd("1.00");
    static final HourlyPrice SPOT = HourlyPrice.ofUsd("0.40");

    private TestClouds() {}

    static Cloud calm(CloudRules rules) {
        return cloud(rules, new CalmMarket(ZONES, 1_000_000));
    }

    static Cloud cloud(CloudRules rules, MarketTrace market) {
        return cloud(rules, market, new Ledger());
    }

    static Cloud cloud(CloudRules rules, MarketTrace market, Ledger ledger) {
        List<Listing> listings = market.series().stream()
                .map(series -> new Listing(
                        "small",
                        Accelerator.parse("CPU:1"),
                        new Location("sim", series.region(), series.zone()),
                        Optional.of(ON_DEMAND),
                        SPOT,
                        Optional.of(series.key())))
                .toList();
        CloudDescription description =
                new CloudDescription("sim", listings, market, START, rules, new SplittableRandom(1));
        return new Cloud(description, VirtualMachines.withMadeUpAddresses(), ledger, START);
    }

    static Offer spot(Location location) {
        return new Offer("small", Accelerator.parse("CPU:1"), location, Market.SPOT, SPOT);
    }

    static Offer onDemand(Location location) {
        return new Offer("small", Accelerator.parse("CPU:1"), location, Market.ON_DEMAND, ON_DEMAND);
    }

    static Workload workload() {
        return new Workload(Optional.empty(), List.of("serve"), 8000, new LinkedHashMap<>());
    }

    static LaunchRequest request(String replica, Offer offer) {
        InstanceTags tags =
                new InstanceTags(LINEAGE, "chat", replica, 1, new IdempotencyToken("t" + replica.replace("-", "")));
        return new LaunchRequest(offer, tags, workload());
    }

    static Instance launch(Cloud cloud, String replica, Offer offer) {
        return done(cloud.launch(request(replica, offer)));
    }

    static Instance seen(Cloud cloud, String id) {
        return done(cloud.observe(LINEAGE)).instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new AssertionError("Failed: " + failed);
        };
    }
}
