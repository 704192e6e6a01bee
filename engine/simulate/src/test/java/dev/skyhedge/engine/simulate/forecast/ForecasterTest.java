package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");
    private static final Instant TWO_DAYS_AGO = NOW.minus(Duration.ofDays(2));
    private static final int DAYS = 4;
    private static final List<String> ZONES = List.of("east/east-a", "east/east-b", "west/west-a");
    private static final Declared CHAT = Declared.service("chat").wants(3).spotHedge(1, true, 0);

    @Test
    void theSameWorldHasTheSameForecast() {
        Forecast.Expected nothingSeen = expected(Experience.none());
        assertThat(expected(Experience.none())).isEqualTo(nothingSeen);
    }

    @Test
    void whereMoreWasLostItIsNeitherCheaperNorMoreAvailable() {
        Forecast.Expected calm = expected(seen(1));
        Forecast.Expected restless = expected(seen(48));

        assertThat(restless.preemptions().mean())
                .isGreaterThan(2 * calm.preemptions().mean() + 1);
        assertThat(restless.full().mean()).isLessThan(calm.full().mean());
        assertThat(restless.usd().mean()).isGreaterThan(calm.usd().mean());
    }

    @Test
    void whatIsDearerThanAReplicaMayBeIsNotForeseen() {
        var cheap = (Forecast.Expected) forecast(CHAT.upTo("0.5"), offers(Market.values()), Experience.none());

        assertThat(cheap.allOnDemandUsd()).isEmpty();
        assertThat(cheap.usd().high()).isLessThanOrEqualTo(4 * 24 * 0.5);
    }

    @Test
    void whereMoreWasSeenDaysDifferLess() {
        Forecast.Expected nothingSeen = expected(Experience.none());
        Forecast.Expected calm = expected(seen(1));
        Forecast.Range little = nothingSeen.usd();
        Forecast.Range much = calm.usd();

        assertThat(much.high() - much.low()).isLessThan(little.high() - little.low());
    }

    @Test
    void costsBetweenAllSpotAndAllOnDemandWithSpares() {
        Forecast.Expected nothingSeen = expected(Experience.none());
        assertThat(nothingSeen.allOnDemandUsd()).hasValue(3 * 24);
        assertThat(nothingSeen.usd().mean()).isBetween(3 * 24 * 0.3, 4 * 24.0);
        assertThat(nothingSeen.usd().low())
                .isLessThanOrEqualTo(nothingSeen.usd().high());
        assertThat(nothingSeen.full().mean()).isBetween(0.5, 1.0);
    }

    @Test
    void whatHappenedSinceTheWorldWasReadIsOfNow() {
        List<ReplicaRecord> past = List.of(ReplicaRecord.decided(
                        new ReplicaKey("chat", "chat-0", 1),
                        "v1",
                        offer("sim/east/east-a", Market.SPOT, "0.30"),
                        new IdempotencyToken("t"),
                        new Machine.Rental(TWO_DAYS_AGO, "", ""),
                        0)
                .onInstance("i-0", Optional.empty())
                .endingAs(Lifecycle.PREEMPTED)
                .in(Lifecycle.PREEMPTED, NOW.plusSeconds(2), ""));

        assertThat(expected(Experience.of(past, List.of(), NOW)).days()).isEqualTo(DAYS);
    }

    @Test
    void saysWhatItRestsOn() {
        Forecast.Basis basis = expected(seen(4)).basis();

        assertThat(basis.zones()).isEqualTo(3);
        assertThat(basis.zonesSeen()).isEqualTo(3);
        assertThat(basis.held()).isEqualTo(Duration.ofDays(6));
        assertThat(basis.losses()).isEqualTo(9);
        assertThat(basis.coldStart()).contains(Duration.ofMinutes(3));
    }

    @Test
    void placesOfSeveralCloudsAreOneMarket() {
        List<Offer> offers = new ArrayList<>(offers(Market.values()));
        offers.add(offer("other/east/east-a", Market.SPOT, "0.20"));

        var forecast = (Forecast.Expected) forecast(CHAT.in("sim/*/*", "other/*/*"), offers, Experience.none());

        assertThat(forecast.basis().zones()).isEqualTo(4);
        assertThat(forecast.full().mean()).isPositive();
    }

    @Test
    void saysWhyNothingIsToBeForeseen() {
        assertThat(forecast(CHAT, offers(Market.ON_DEMAND), Experience.none()))
                .isInstanceOfSatisfying(
                        Forecast.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("No spot"));
        assertThat(forecast(CHAT.wants(0), offers(Market.values()), Experience.none()))
                .isInstanceOf(Forecast.Unknown.class);
    }

    private static Forecast.Expected expected(Experience experience) {
        return (Forecast.Expected) forecast(CHAT, offers(Market.values()), experience);
    }

    private static Forecast forecast(Declared service, List<Offer> offers, Experience experience) {
        World world = new World(
                NOW,
                "lineage",
                7,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                offers,
                Map.of(),
                List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                0);
        int wanted = service.spec().scaling().minReplicas();
        return Forecaster.run(
                new Forecaster.Question(service.spec(), wanted, world, experience, Duration.ofMinutes(1)),
                DAYS,
                () -> {});
    }

    /// Two days in each zone, in so many stays, all but the last of which ended by a loss.
    private static Experience seen(int stays) {
        List<ReplicaRecord> past = new ArrayList<>();
        Duration stay = Duration.ofDays(2).dividedBy(stays);
        for (String zone : ZONES) {
            for (int i = 0; i < stays; i++) {
                Instant from = TWO_DAYS_AGO.plus(stay.multipliedBy(i));
                boolean last = i == stays - 1;
                ReplicaRecord served = ReplicaRecord.decided(
                                new ReplicaKey("chat", "chat-" + ZONES.indexOf(zone), i + 1),
                                "v1",
                                offer("sim/" + zone, Market.SPOT, "0.30"),
                                new IdempotencyToken("t"),
                                new Machine.Rental(from, "", ""),
                                0)
                        .onInstance("i-" + i, Optional.empty())
                        .in(Lifecycle.READY, from.plus(Duration.ofMinutes(3)), "");
                past.add(
                        last
                                ? served.in(Lifecycle.READY, from, "")
                                : served.endingAs(Lifecycle.PREEMPTED).in(Lifecycle.PREEMPTED, from.plus(stay), ""));
            }
        }
        return Experience.of(past, List.of(), NOW);
    }

    private static List<Offer> offers(Market... markets) {
        List<Offer> offers = new ArrayList<>();
        for (String zone : ZONES) {
            for (Market market : markets) {
                offers.add(offer("sim/" + zone, market, market == Market.SPOT ? "0.30" : "1.00"));
            }
        }
        return offers;
    }

    private static Offer offer(String place, Market market, String price) {
        return new Offer("small", Accelerator.parse("CPU:1"), Location.parse(place), market, HourlyPrice.ofUsd(price));
    }
}
