package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackOffProperties {
    @Property(tries = 300)
    void everyPauseIsTwiceTheOneBeforeUntilItIsTheLongest(
            @ForAll @LongRange(min = 1, max = 1L << 40) long first,
            @ForAll @IntRange(min = 1, max = 1_000) int times,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int failures) {
        var backOff = new BackOff(first, first * times);

        assertThat(backOff.after(1)).isEqualTo(first);
        assertThat(backOff.after(failures + 1)).isEqualTo(Math.min(2 * backOff.after(failures), first * times));
    }
}
