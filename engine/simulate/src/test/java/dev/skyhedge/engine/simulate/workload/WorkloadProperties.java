package dev.skyhedge.engine.simulate.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkloadProperties {
    private static final Lengths SHORT = new Lengths.Fixed(1, 1);
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void requestsComeInOrderAndAtTheRateAsked(@ForAll("workloads") Workload workload, @ForAll("seeds") long seed) {
        RequestSource source = workload.open(new SplittableRandom(seed), new SplittableRandom(seed + 1));
        int count = 20_000;
        long last = 0;
        for (int i = 0; i < count; i++) {
            Request request = Objects.requireNonNull(source.next());
            assertThat(request.arrivalNanos()).isGreaterThanOrEqualTo(last);
            last = request.arrivalNanos();
        }
        // 20,000 draws: six standard errors of the exponential, more of the heavy tail.
        double tolerance = workload instanceof Workload.Bursty ? 0.75 : 0.06;
        assertThat(count / (last / 1e9)).isCloseTo(workload.meanRate(), within(tolerance * workload.meanRate()));
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void arrivalsFollowTheCurve(@ForAll("seeds") long seed) {
        var curve = new RateCurve(HOUR_NANOS, new double[] {1, 0, 4});
        RequestSource source =
                new Workload.Varying(curve, SHORT).open(new SplittableRandom(seed), new SplittableRandom(seed + 1));
        int[] byHour = new int[3];
        for (Request request = source.next();
                request != null && request.arrivalNanos() < 3 * HOUR_NANOS;
                request = source.next()) {
            byHour[(int) (request.arrivalNanos() / HOUR_NANOS)]++;
        }

        assertThat((double) byHour[0]).isCloseTo(3_600, within(400.0));
        assertThat(byHour[1]).isZero();
        assertThat((double) byHour[2]).isCloseTo(14_400, within(800.0));
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Arbitraries.of(
                new Workload.Poisson(0.15, SHORT),
                new Workload.Constant(3, SHORT),
                new Workload.Bursty(2, SHORT),
                new Workload.Varying(new RateCurve(1_000_000_000_000L, new double[] {5}), SHORT));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }
}
