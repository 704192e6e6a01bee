package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

class LatencyHistogramProperties {
    @Property(tries = 500)
    void quantilesAreWithinAHalfPercentOfTheExactOnes(
            @ForAll @NotEmpty List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> nanos,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        var histogram = new LatencyHistogram();
        nanos.forEach(histogram::add);

        int rank = Math.max(1, (int) Math.ceil(share * nanos.size()));
        double exact = nanos.stream().sorted().toList().get(rank - 1) / 1e9;
        assertThat(histogram.quantileSeconds(share)).isBetween(exact * 0.996 - 1e-6, exact * 1.004 + 1e-6);
        assertThat(histogram.count()).isEqualTo(nanos.size());
    }
}
