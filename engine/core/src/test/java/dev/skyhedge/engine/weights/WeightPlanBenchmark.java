package dev.skyhedge.engine.weights;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a plan for many machines costs in CPU time: 1,000 in 6 regions unless told.
final class WeightPlanBenchmark {
    private static final int RUNS = 51;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WeightPlanBenchmark() {}

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(WeightPlans.target("t" + i, "aws/r" + i % 6 + "/z" + i % 4, 1 + i % 3));
        }
        WeightRequest request = WeightPlans.request(
                targets,
                List.of(WeightPlans.idle("h1", "aws/r0/z0", 10), WeightPlans.idle("h2", "aws/r1/z1", 10)),
                List.of(WeightPlans.peer("s3", "aws/r2/z0", 10)));
        double[] millis = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            WeightPlan plan = WeightPlanner.plan(request);
            millis[run] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6
                    + (plan.hops().size() == count ? 0 : Double.NaN);
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                "plan for %,d targets: first %.1f ms, median of %d %.2f ms of CPU%n",
                count, first, RUNS, millis[RUNS / 2]);
    }
}
