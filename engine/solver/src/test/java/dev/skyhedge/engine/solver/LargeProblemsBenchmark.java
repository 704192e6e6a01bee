package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.CheapestMix;
import dev.skyhedge.engine.accelerators.DecomposedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearSolver;
import dev.skyhedge.engine.accelerators.Problem;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// Eight accelerators, fifteen zones, two markets, sixty buckets: how long an answer takes, and how
/// far it is from proved. CPU time stands beside the clock, as machines may be busy.
public final class LargeProblemsBenchmark {
    private static final int SEEDS = 10;

    private LargeProblemsBenchmark() {}

    /// Arguments: none, or `whole` to solve the whole program beside it.
    public static void main(String[] arguments) {
        LinearSolver solver = LinearSolvers.open().solver();
        DecomposedMix mix = new DecomposedMix(solver);
        for (int seed = 0; seed < SEEDS; seed++) {
            mix.solve(LargeProblems.random(100 + seed, 16), Limits.WATCH);
        }
        for (double rate : new double[] {8, 32, 64, 128}) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Problem problem = LargeProblems.random(seed, rate);
                long clock = System.nanoTime();
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                Allocation found = mix.solve(problem, Limits.WATCH);
                cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
                clock = System.nanoTime() - clock;
                System.out.printf(
                        Locale.ROOT,
                        "large, %.0f/s, seed %d: %d ms, of CPU %d ms, %s, %d replicas, $%.4f, gap %.4f%s%n",
                        rate,
                        seed,
                        clock / 1_000_000,
                        cpu / 1_000_000,
                        found.status(),
                        found.replicas().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        found.usdPerHour(),
                        found.gap(),
                        arguments.length > 0 ? whole(solver, problem) : "");
            }
        }
    }

    private static String whole(LinearSolver solver, Problem problem) {
        Allocation whole = new CheapestMix(solver).solve(problem, Limits.WATCH);
        return String.format(
                Locale.ROOT, "; whole program $%.4f, %s, gap %.4f", whole.usdPerHour(), whole.status(), whole.gap());
    }
}
