package dev.skyhedge.load.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// Against a server that exists on paper: so many requests at a time, each as long as the others,
/// the rest in a queue.
class SaturationSearchProperties {
    private static final int MOST_POINTS = 30;

    private static ProfilePoint serve(int slots, double seconds, double rate, double duration, long seed) {
        Random dice = new Random(seed);
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int slot = 0; slot < slots; slot++) {
            free.add(0.0);
        }
        List<Double> latencies = new ArrayList<>();
        double end = Math.max(duration, 100 / rate);
        double last = 0;
        for (double due = -Math.log(1 - dice.nextDouble()) / rate; due < end; ) {
            double done = Math.max(due, free.remove()) + seconds;
            free.add(done);
            latencies.add(done - due);
            last = Math.max(last, done);
            due -= Math.log(1 - dice.nextDouble()) / rate;
        }
        double[] sorted =
                latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new ProfilePoint(
                100,
                100,
                rate,
                sorted.length / Math.max(last, 1e-9),
                sorted.length,
                0,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99));
    }

    private static Duration at(double[] sorted, double share) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(Math.round(1e9 * sorted[(int) (share * (sorted.length - 1))]));
    }

    private static List<ProfilePoint> search(SaturationSearch search, int slots, double seconds, long seed) {
        List<ProfilePoint> points = new ArrayList<>();
        for (OptionalDouble rate = search.next(points); rate.isPresent(); rate = search.next(points)) {
            points.add(serve(slots, seconds, rate.getAsDouble(), 60, seed + points.size()));
            assertThat(points).hasSizeLessThanOrEqualTo(MOST_POINTS);
        }
        return points;
    }

    @Property(tries = 200, seed = "7")
    void findsWhatAServerSustainsWithinATenth(
            @ForAll @IntRange(min = 8, max = 64) int slots,
            @ForAll @DoubleRange(min = 0.05, max = 1) double seconds,
            @ForAll long seed) {
        var search = new SaturationSearch(Duration.ofNanos(Math.round(4e9 * seconds)), 1, 0.01, 10_000);

        double found = search.found(search(search, slots, seconds, seed));

        assertThat(found).isBetween(0.9 * slots / seconds, 1.1 * slots / seconds);
    }

    @Property(tries = 100, seed = "7")
    void whatIsFoundWasMeasuredWithinTheLimitAndBelowAllThatWasTooMuch(
            @ForAll @IntRange(min = 1, max = 8) int slots,
            @ForAll @DoubleRange(min = 0.05, max = 5) double seconds,
            @ForAll @DoubleRange(min = 0.5, max = 10) double limit,
            @ForAll long seed) {
        var search = new SaturationSearch(Duration.ofNanos(Math.round(1e9 * limit * seconds)), 1, 0.01, 100);
        List<ProfilePoint> points = search(search, slots, seconds, seed);
        double found = search.found(points);

        assertThat(found == 0
                        || points.stream()
                                .anyMatch(point -> point.offered() == found && point.isWithin(search.limit())))
                .isTrue();
        assertThat(points).noneMatch(point -> point.offered() <= found && !point.isWithin(search.limit()));
    }

    @Example
    void aServerThatIsAlwaysTooSlowSustainsNothing() {
        var search = new SaturationSearch(Duration.ofMillis(100), 1, 0.1, 100);

        assertThat(search.found(search(search, 4, 0.5, 1))).isZero();
    }

    @Example
    void oneThatFailsIsNotWithinAnyLimit() {
        ProfilePoint failing = new ProfilePoint(1, 1, 4, 3, 100, 1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(1));

        assertThat(new SaturationSearch(Duration.ofSeconds(9), 4, 0.1, 100).next(List.of(failing)))
                .isEqualTo(OptionalDouble.of(2));
        assertThat(Arrays.asList(failing.csv().split(","))).hasSize(ProfilePoint.HEADER.split(",").length);
    }
}
