package dev.skyhedge.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BackOffProperties {
    @Property(tries = 300)
    void everyWaitIsTwiceTheOneBeforeUntilItIsTheLongest(
            @ForAll @IntRange(min = 1, max = 100_000) int firstMillis,
            @ForAll @IntRange(min = 1, max = 1_000_000) int times,
            @ForAll @IntRange(min = 1, max = 60) int failures) {
        Duration first = Duration.ofMillis(firstMillis);
        var backOff = new BackOff(first, first.multipliedBy(times));

        Duration wait = backOff.after(failures);

        assertThat(wait).isBetween(first, backOff.longest());
        assertThat(backOff.after(failures + 1)).isEqualTo(backOff.longer(wait));
        assertThat(wait).isEqualTo(shorter(first.multipliedBy(1L << Math.min(failures - 1, 30)), backOff.longest()));
    }

    @Property(tries = 300)
    void jitterOnlyShortensIt(@ForAll @IntRange(max = 100) int failures, @ForAll @DoubleRange(max = 1) double share) {
        var backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

        assertThat(backOff.after(failures, share)).isBetween(Duration.ZERO, backOff.after(failures));
        assertThat(backOff.after(failures, 1)).isEqualTo(backOff.after(failures));
    }

    @Example
    void noFailureIsNoWait() {
        assertThat(new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)).after(0))
                .isZero();
    }

    @Example
    void thousandsOfFailuresWaitTheLongest() {
        var backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Example
    void theLongestIsNotShorterThanTheFirst() {
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
