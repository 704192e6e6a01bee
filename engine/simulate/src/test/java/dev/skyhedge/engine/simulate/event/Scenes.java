package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.workload.Lengths;
import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ScalingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Markets, services and requests for tests of the event mode.
final class Scenes {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Lengths SHORT = new Lengths.Fixed(100, 50);

    private static final int ROOM = 1_000;

    private Scenes() {}

    static List<MarketSeries> zones() {
        return List.of(
                MarketSeries.ofZone("us-east-1", "us-east-1a"),
                MarketSeries.ofZone("us-east-1", "us-east-1b"),
                MarketSeries.ofZone("eu-west-1", "eu-west-1a"));
    }

    static MarketTrace calm() {
        return new CalmMarket(zones(), ROOM);
    }

    /// Zones that are up for half an hour and down for ten minutes, on average.
    static MarketTrace restless(long seed) {
        return new SyntheticMarket(
                zones(),
                new SyntheticMarket.Shape(
                        Duration.ofMinutes(30), Duration.ofMinutes(10), Optional.of(Duration.ofHours(3)), 4, seed));
    }

    static Declared chat() {
        return Declared.service("chat").wants(3).spotHedge(1, true, 0);
    }

    /// Follows the rate, from none to six replicas.
    static Declared scaledChat() {
        return scaledChat(OptionalDouble.empty());
    }

    /// @param inFlight requests in progress that a replica should have at most
    static Declared scaledChat(OptionalDouble inFlight) {
        return chat().with(new ScalingSpec(
                0,
                6,
                OptionalDouble.of(0.2),
                inFlight,
                Duration.ofSeconds(60),
                Duration.ofMinutes(1),
                Duration.ofMinutes(4)));
    }

    static TrafficSettings asked(Workload workload, ServiceTime time, int slots) {
        return new TrafficSettings(
                workload,
                time,
                slots,
                TrafficSettings.DEFAULT_TIMEOUT,
                RoundTrips.US_CLIENTS,
                new EndpointSpec("127.0.0.1", 8080, EndpointSpec.Policy.LEAST_LOAD, 1_000, Duration.ofMinutes(10)),
                Scenes::inTurn,
                Duration.ofMinutes(5));
    }

    static EventSimulation.Settings settings(
            Declared service, MarketTrace market, Lags lags, Optional<TrafficSettings> traffic, long seed) {
        var placed = MarketCloud.of(service.spec(), "sim", market, START, PriceBook.ratio(3), lags, seed);
        return new EventSimulation.Settings(
                placed.spec(), placed.description(), START, lags, traffic, Duration.ofMinutes(5), seed);
    }

    /// Round robin. What the balancer does is the balancer's; here any policy serves.
    private static ReplicaChoice inTurn(EndpointSpec.Policy policy, double[] weights) {
        var turn = new int[1];
        return candidates -> {
            for (int step = 0; step < candidates.size(); step++) {
                int index = Math.floorMod(turn[0]++, candidates.size());
                if (candidates.eligible(index)) {
                    return index;
                }
            }
            return -1;
        };
    }
}
