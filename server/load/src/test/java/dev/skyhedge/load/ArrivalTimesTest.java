package dev.skyhedge.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.load.LoadRequest.Arrivals;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalTimesTest {

    @Test
    void constantArrivalsAreEvenlySpaced() {
        assertThat(first(4, 50, Arrivals.CONSTANT, 1)).containsExactly(0, 20_000_000, 40_000_000, 60_000_000);
    }

    @Test
    void constantArrivalsDoNotDrift() {
        long[] times = first(1_000_001, 3, Arrivals.CONSTANT, 1);

        assertThat(times[999_999]).isEqualTo(333_333_000_000_000L);
    }

    @Test
    void poissonArrivalsKeepTheRateWithExponentialGaps() {
        long[] times = first(20_000, 100, Arrivals.POISSON, 42);

        assertThat(times[19_999] / 1e9).isCloseTo(200, within(6.0));
        long shortGaps = LongStream.range(1, times.length)
                .filter(i -> times[(int) i] - times[(int) i - 1] < 10_000_000)
                .count();
        assertThat(shortGaps / 20_000.0).isCloseTo(1 - Math.exp(-1), within(0.02));
    }

    @Test
    void sameSeedGivesTheSameTimes() {
        assertThat(first(100, 5, Arrivals.POISSON, 7)).isEqualTo(first(100, 5, Arrivals.POISSON, 7));
        assertThat(first(100, 5, Arrivals.POISSON, 7)).isNotEqualTo(first(100, 5, Arrivals.POISSON, 8));
    }

    private static long[] first(int count, double rate, Arrivals arrivals, long seed) {
        ArrivalTimes times = new ArrivalTimes(rate, arrivals, new SplittableRandom(seed));
        return LongStream.range(0, count)
                .map(_ -> {
                    long time = times.peekNanos();
                    times.advance();
                    return time;
                })
                .toArray();
    }
}
