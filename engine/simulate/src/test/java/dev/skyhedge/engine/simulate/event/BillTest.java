package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BillTest {
    private static final Instant END = Scenes.START.plus(Duration.ofHours(4));

    @Test
    void spotIsBilledAtThePriceOfTheMoment() {
        MarketTrace doubling = new Repriced(new CalmMarket(Scenes.zones(), 1), Duration.ofHours(1));

        Bill bill = bill(doubling, rental(Market.SPOT, "1", Duration.ofMinutes(30), Duration.ofMinutes(90)));

        // Half an hour at one dollar, half an hour at two.
        assertThat(bill.spotMicroDollars()).isEqualTo(1_500_000);
        assertThat(bill.spotSeconds()).isEqualTo(3_600);
        assertThat(bill.onDemandShare()).isZero();
    }

    @Test
    void aMinuteIsTheLeast() {
        Bill bill = bill(Scenes.calm(), rental(Market.ON_DEMAND, "3.60", Duration.ZERO, Duration.ofMillis(1_500)));

        assertThat(bill.onDemandSeconds()).isEqualTo(60);
        assertThat(bill.microDollars()).isEqualTo(60_000);
    }

    @Test
    void aCloudThatBillsBySecondsAloneHasNoLeast() {
        CloudDescription cloud = placed(Scenes.calm()).description();
        var bySeconds = new CloudDescription(
                cloud.name(),
                cloud.listings(),
                cloud.market(),
                cloud.marketOrigin(),
                cloud.rules().withBilledAtLeast(Duration.ZERO),
                cloud.random());
        Rental rental = rental(Market.ON_DEMAND, "3.60", Duration.ZERO, Duration.ofMillis(1_500));

        assertThat(Bill.of(List.of(rental), bySeconds, END).onDemandSeconds()).isEqualTo(2);
    }

    @Test
    void beyondItBeganSecondsCount() {
        Bill bill = bill(Scenes.calm(), rental(Market.ON_DEMAND, "3.60", Duration.ZERO, Duration.ofMillis(90_001)));

        assertThat(bill.onDemandSeconds()).isEqualTo(91);
    }

    @Test
    void whatStillRunsIsBilledUntilTheEnd() {
        Rental running = new Rental(
                "i-1",
                offer(Market.ON_DEMAND, "3"),
                tags(),
                "",
                END.minus(Duration.ofHours(1)),
                Optional.empty(),
                "",
                Optional.empty());

        assertThat(bill(Scenes.calm(), running).microDollars()).isEqualTo(3_000_000);
    }

    private static MarketCloud placed(MarketTrace market) {
        return MarketCloud.of(Scenes.chat().spec(), "sim", market, Scenes.START, PriceBook.ratio(3), Lags.DEFAULT, 1);
    }

    private static Bill bill(MarketTrace market, Rental rental) {
        return Bill.of(List.of(rental), placed(market).description(), END);
    }

    private static Rental rental(Market market, String price, Duration from, Duration to) {
        return new Rental(
                "i-1",
                offer(market, price),
                tags(),
                "",
                Scenes.START.plus(from),
                Optional.empty(),
                "",
                Optional.of(new Instance.End(Scenes.START.plus(to), EndCause.TERMINATED, "")));
    }

    private static Offer offer(Market market, String price) {
        return new Offer(
                "small",
                Accelerator.parse("CPU:1"),
                new Location("sim", "us-east-1", "us-east-1a"),
                market,
                HourlyPrice.ofUsd(price));
    }

    private static InstanceTags tags() {
        return new InstanceTags("lineage", "chat", "chat-1", 1, new IdempotencyToken("a".repeat(32)));
    }

    /// One dollar at first, two from a time on.
    private record Repriced(MarketTrace market, Duration at) implements MarketTrace {
        @Override
        public List<MarketSeries> series() {
            return market.series();
        }

        @Override
        public int capacity(String key, Duration when) {
            return market.capacity(key, when);
        }

        @Override
        public Optional<HourlyPrice> price(String key, Duration when) {
            return Optional.of(HourlyPrice.ofUsd(when.compareTo(at) < 0 ? "1" : "2"));
        }

        @Override
        public Optional<Duration> nextChange(String key, Duration when) {
            return when.compareTo(at) < 0 ? Optional.of(at) : Optional.empty();
        }
    }
}
