package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.providers.cloud.fake.FakeService;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.Arrays;

/// Measures how long a look at many instances takes, and how many calls it costs, where each call takes as long as
/// it does from another continent. Prints a line for each number of instances.
public final class LookBenchmark {
    /// The numbers of instances to look at.
    public static final int[] INSTANCES = {0, 100, 500, 1_000, 2_000};

    private static final Duration LATENCY = Duration.ofMillis(120);
    private static final int ROUNDS = 8;

    private LookBenchmark() {}

    public static void printHead(String places) {
        System.out.printf("Each call takes %d ms; %s. Median of %d looks.%n", LATENCY.toMillis(), places, ROUNDS);
        System.out.printf("%9s %12s %14s %12s%n", "instances", "look, ms", "CPU, ms", "calls/look");
    }

    /// @param count how many instances of the lineage there are
    /// @throws IllegalStateException if others are seen
    public static void measure(FakeService fake, Provider provider, String lineage, int count) {
        fake.latency(LATENCY);
        look(provider, lineage, count);
        long callsBefore = fake.recorded().size();
        long cpuBefore = cpuMillis();
        long[] millis = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long from = System.nanoTime();
            look(provider, lineage, count);
            millis[round] = Duration.ofNanos(System.nanoTime() - from).toMillis();
        }
        Arrays.sort(millis);
        System.out.printf(
                "%9d %12d %14d %12.1f%n",
                count,
                millis[ROUNDS / 2],
                (cpuMillis() - cpuBefore) / ROUNDS,
                (fake.recorded().size() - callsBefore) / (double) ROUNDS);
    }

    private static void look(Provider provider, String lineage, int count) {
        Observation seen = Outcomes.done(provider.observe(lineage));
        if (seen.instances().size() != count) {
            throw new IllegalStateException("Saw " + seen.instances().size() + " of " + count);
        }
    }

    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }
}
