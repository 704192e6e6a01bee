package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is held costs what the market takes for it now.
class PricesTest {
    private static final HourlyPrice CHEAP = HourlyPrice.ofUsd("0.10");
    private static final HourlyPrice DEAR = HourlyPrice.ofUsd("5.00");
    private static final Duration HOUR = Duration.ofHours(1);

    /// One zone is cheap until it becomes dear; the others stay at a third of on-demand.
    private record RisingMarket(Duration rises) implements MarketTrace {
        @Override
        public List<MarketSeries> series() {
            return SimulatedClouds.series();
        }

        @Override
        public int capacity(String key, Duration at) {
            return 100;
        }

        @Override
        public Optional<HourlyPrice> price(String key, Duration at) {
            return key.equals(SimulatedClouds.EAST_A.zone())
                    ? Optional.of(at.compareTo(rises) < 0 ? CHEAP : DEAR)
                    : Optional.empty();
        }

        @Override
        public Optional<Duration> nextChange(String key, Duration at) {
            return at.compareTo(rises) < 0 ? Optional.of(rises) : Optional.empty();
        }
    }

    private final Cloud cloud =
            SimulatedClouds.cloud(SimulatedClouds.rules(), new RisingMarket(HOUR), SimulatedClouds.START);

    @Test
    void aZoneThatBecomesDearerThanOnDemandIsLeft() {
        var controller = new VirtualController(
                cloud,
                Declared.all(
                        Declared.service("chat").with(PlacementSpec.DEFAULT).wants(1)));
        controller.run(HOUR.minusMinutes(1));
        assertThat(ready(controller))
                .anyMatch(replica -> replica.offer().price().equals(CHEAP));

        controller.run(HOUR);

        assertThat(ready(controller))
                .isNotEmpty()
                .noneMatch(replica -> replica.offer().location().equals(SimulatedClouds.EAST_A));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void aZoneThatIsLeftForItsPriceFinishesAStreamOfNearlyTenMinutes() {
        var controller = new VirtualController(
                cloud,
                Declared.all(
                        Declared.service("chat").with(PlacementSpec.DEFAULT).wants(1)));
        controller.run(HOUR.minusMinutes(1));
        var streams = new Streams(controller, "chat");
        streams.run(Duration.ofMinutes(1));
        streams.beginEverywhere(Duration.ofMinutes(10));

        streams.run(HOUR);

        streams.assertWhole(ready(controller).size());
        assertThat(ready(controller))
                .noneMatch(replica -> replica.offer().location().equals(SimulatedClouds.EAST_A));
    }

    @Test
    void whatWasSpentIsWhatTheCloudBilled() {
        var controller = new VirtualController(
                cloud, Declared.all(Declared.service("chat").wants(2)));
        controller.run(HOUR.plusMinutes(30));

        long billed = cloud.ledger().spendMicroDollars(cloud.instant());
        long recorded = controller.store().spend("chat").stream()
                .filter(entry -> entry.kind() != SpendEntry.Kind.ALL_ON_DEMAND)
                .mapToLong(entry -> entry.microDollars(cloud.instant()))
                .sum();

        // The offers are looked at once a minute, which at five dollars an hour is less than a dime each.
        assertThat(Math.abs(billed - recorded)).isLessThan(2 * DEAR.microDollars() / 50);
        assertThat(billed).isGreaterThan(2 * CHEAP.microDollars());
    }

    private static List<ReplicaRecord> ready(VirtualController controller) {
        return controller.replicas(Lifecycle.READY);
    }
}
