package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.SpendEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was spent since midnight UTC, at a dollar an hour.
class RunningSpendTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant NOON = MIDNIGHT.plus(Duration.ofHours(12));

    private final RunningSpend spend = new RunningSpend();

    private static SpendEntry entry(String replica, int fromHour) {
        return new SpendEntry(
                "chat",
                Kind.RENTED_SPOT,
                replica,
                HourlyPrice.ofUsd("1"),
                MIDNIGHT.plus(Duration.ofHours(fromHour)),
                Optional.empty());
    }

    private static SpendEntry entry(String replica, int fromHour, int untilHour) {
        return entry(replica, fromHour).endedAt(MIDNIGHT.plus(Duration.ofHours(untilHour)));
    }

    private long dollars(Instant now) {
        return spend.today(now) / 1_000_000;
    }

    @Test
    void whatRunsCountsFromMidnightOn() {
        spend.put(entry("chat-1#1", -5));
        spend.put(entry("chat-2#1", 10));

        assertThat(dollars(NOON)).isEqualTo(12 + 2);
        assertThat(dollars(NOON.plus(Duration.ofDays(1)))).isEqualTo(12 + 12);
    }

    @Test
    void whatEndedTodayCountsOnItsDayAlone() {
        spend.put(entry("chat-1#1", -5));
        spend.put(entry("chat-1#1", -5, 3));

        assertThat(dollars(NOON)).isEqualTo(3);
        assertThat(dollars(NOON.plus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void whatIsSaidTwiceCountsOnce() {
        spend.put(entry("chat-1#1", 1));
        spend.put(entry("chat-1#1", 1, 3));
        spend.put(entry("chat-1#1", 1, 3));

        assertThat(dollars(NOON)).isEqualTo(2);
    }

    @Test
    void whatASuccessorReadsIsWhatWasCounted() {
        spend.read(List.of(
                entry("chat-1#1", -30, -20), entry("chat-2#1", -5, 3), entry("chat-3#1", 4, 6), entry("chat-4#1", 8)));

        assertThat(dollars(NOON)).isEqualTo(3 + 2 + 4);
    }

    @Test
    void whatAllWouldHaveCostOnDemandIsNotSpent() {
        SpendEntry yardstick =
                new SpendEntry("chat", Kind.ALL_ON_DEMAND, "all", HourlyPrice.ofUsd("1"), MIDNIGHT, Optional.empty());
        spend.put(yardstick);
        spend.put(yardstick.endedAt(NOON));

        assertThat(dollars(NOON)).isZero();
    }
}
