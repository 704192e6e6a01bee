package dev.skyhedge.cli.view.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ChargesProperties {
    private static final Instant START = Instant.parse("2026-11-01T22:30:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(40));

    private static SpendEntry entry(long priceMicroDollars, long beginMinutes, long minutes, Optional<Long> total) {
        Instant from = START.plus(Duration.ofMinutes(beginMinutes));
        return new SpendEntry(
                "chat",
                SpendEntry.Kind.RENTED_SPOT,
                "chat-1#1",
                new HourlyPrice(priceMicroDollars),
                from,
                Optional.of(from.plus(Duration.ofMinutes(minutes))),
                Optional.empty(),
                total);
    }

    @Property(tries = 500)
    void partsOfAnEntryAddUpToIt(
            @ForAll @LongRange(max = 10_000_000) long price,
            @ForAll @IntRange(max = 10_000) int begin,
            @ForAll @IntRange(max = 40_000) int minutes,
            @ForAll Optional<@LongRange(max = 1_000_000_000) Long> total) {
        SpendEntry entry = entry(price, begin, Math.max(1, minutes), total);

        Charges charges = Charges.of(List.of(entry), Instant.MIN, NOW);

        assertThat(charges.microDollars()).isEqualTo(entry.microDollars(NOW));
        assertThat(charges.rented())
                .allSatisfy(charge -> assertThat(SpendBy.DAY.of(charge))
                        .isEqualTo(charge.until().minusMillis(1).toString().substring(0, 10)));
    }

    @Property(tries = 500)
    void whatWasSpentBeforeAnInstantAndSinceIsTheWhole(
            @ForAll @LongRange(max = 10_000_000) long price,
            @ForAll @IntRange(max = 10_000) int begin,
            @ForAll @IntRange(min = 1, max = 40_000) int minutes,
            @ForAll @IntRange(max = 50_000) int since,
            @ForAll Optional<@LongRange(max = 1_000_000_000) Long> total) {
        SpendEntry entry = entry(price, begin, minutes, total);
        Instant cut = START.plus(Duration.ofMinutes(since));
        Instant end = entry.until().orElseThrow();

        Charges after = Charges.of(List.of(entry), cut, end);
        Charges whole = Charges.of(List.of(entry), Instant.MIN, end);

        assertThat(after.rented())
                .allSatisfy(charge -> assertThat(charge.from()).isAfterOrEqualTo(cut));
        assertThat(after.microDollars()).isLessThanOrEqualTo(whole.microDollars());
        if (!cut.isAfter(entry.from())) {
            assertThat(after.microDollars()).isEqualTo(whole.microDollars());
        }
        if (!cut.isBefore(end)) {
            assertThat(after.rented()).isEmpty();
        }
    }
}
