package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DurationHistogramProperties {
    @Property
    void findsQuantilesToWithinFourPercent(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0, max = 4_000_000_000_000L) Long> nanos) {
        var histogram = new DurationHistogram(List.of());
        nanos.forEach(value -> histogram.record(Duration.ofNanos(value)));
        List<Long> sorted = nanos.stream().sorted().toList();

        LagReport report = histogram.report();

        assertThat(report.count()).isEqualTo(nanos.size());
        assertThat(report.max()).isEqualTo(Duration.ofNanos(sorted.getLast()));
        isNear(report.p50(), sorted.get(Math.ceilDiv(sorted.size() * 50, 100) - 1));
        isNear(report.p99(), sorted.get(Math.ceilDiv(sorted.size() * 99, 100) - 1));
    }

    @Property
    void countsExactlyAtItsBounds(@ForAll @Size(max = 50) List<@LongRange(min = -5, max = 20) Long> millis) {
        var histogram = new DurationHistogram(List.of(Duration.ofMillis(5), Duration.ofMillis(10)));
        millis.forEach(value -> histogram.record(Duration.ofMillis(value)));

        ClassicHistogramBuckets buckets = histogram.dataPoint().getClassicBuckets();
        long upToFive = millis.stream().filter(value -> value <= 5).count();
        long upToTen = millis.stream().filter(value -> value <= 10).count();
        assertThat(LongStream.range(0, 3).map(i -> buckets.getCount((int) i)))
                .containsExactly(upToFive, upToTen - upToFive, millis.size() - upToTen);
        assertThat(histogram.dataPoint().getSum())
                .isEqualTo(
                        millis.stream().mapToLong(value -> Math.max(0, value)).sum() / 1e3);
    }

    @Property
    void putsEveryValueIntoTheBucketThatEndsNext(@ForAll @LongRange(min = 0) long nanos) {
        int bucket = DurationHistogram.bucketOf(nanos);

        assertThat(DurationHistogram.upperOf(bucket)).isGreaterThanOrEqualTo(nanos);
        assertThat(bucket == 0 ? -1 : DurationHistogram.upperOf(bucket - 1)).isLessThan(nanos);
    }

    private static void isNear(Duration found, long exactNanos) {
        assertThat(found.toNanos()).isBetween(exactNanos, exactNanos + exactNanos / 25);
    }
}
