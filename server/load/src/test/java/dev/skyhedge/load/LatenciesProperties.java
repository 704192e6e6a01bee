package dev.skyhedge.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LatenciesProperties {

    @Property(tries = 200)
    void percentilesAreLatenciesThatEnoughOthersDoNotExceed(
            @ForAll @Size(min = 1, max = 3000) List<@IntRange(min = 0, max = 1_000_000) Integer> micros) {
        Latencies latencies = new Latencies();
        micros.forEach(value -> latencies.add(value * 1000L + 999));

        LatencySummary summary = latencies.summary();

        holds(micros, summary.p50(), 0.5);
        holds(micros, summary.p90(), 0.9);
        holds(micros, summary.p99(), 0.99);
        holds(micros, summary.max(), 1);
    }

    @Example
    void nothingMeasuredIsZero() {
        assertThat(new Latencies().summary().max()).isEqualTo(Duration.ZERO);
    }

    private static void holds(List<Integer> micros, Duration percentile, double share) {
        long value = percentile.toNanos() / 1000;
        assertThat(micros).contains((int) value);
        assertThat(micros.stream().filter(other -> other <= value).count())
                .isGreaterThanOrEqualTo((long) Math.ceil(share * micros.size()));
        assertThat(micros.stream().filter(other -> other < value).count())
                .isLessThan((long) Math.ceil(share * micros.size()));
    }
}
