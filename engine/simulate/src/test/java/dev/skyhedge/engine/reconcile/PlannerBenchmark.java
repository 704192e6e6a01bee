package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.state.records.Lifecycle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What planning costs with many replicas. Not a test: run it by its main method, with the numbers of replicas
/// as arguments. Figures are CPU time of the one thread that does the work.
public final class PlannerBenchmark {
    private static final int ROUNDS = 15;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BYTES_PER_MEBIBYTE = 1 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PlannerBenchmark() {}

    /// @param arguments numbers of replicas, of one service or, as `100000x20`, of so many services
    public static void main(String[] arguments) {
        List<String> sizes = arguments.length == 0 ? List.of("2500", "5000", "10000") : List.of(arguments);
        for (String size : sizes) {
            String[] numbers = size.split("x", 2);
            measure(Integer.parseInt(numbers[0]), numbers.length == 1 ? 1 : Integer.parseInt(numbers[1]));
        }
    }

    private static void measure(int replicas, int services) {
        Spec spec = Declared.all(IntStream.range(0, services)
                .mapToObj(i -> Declared.service(i == 0 ? "chat" : "chat" + i)
                        .wants(replicas / services)
                        .spotHedge(1, true, 0))
                .toArray(Declared[]::new));
        planFromEmpty(spec, replicas);

        long begin = THREADS.getCurrentThreadCpuTime();
        var controller = new VirtualController(SimulatedClouds.calm(), spec);
        controller.run(Duration.ofMinutes(10));
        print(replicas, "from empty to ready, all steps", millisSince(begin), "");
        long ready = controller.replicas(Lifecycle.READY).size();

        Reconciler reconciler = controller.reconciler();
        report(replicas, "no-op step, " + ready + " ready", () -> {
            Step step = reconciler.react(List.of(new Message.Tick()), controller.now());
            if (!step.changes().isEmpty()) {
                throw new IllegalStateException("Not quiet: " + step.plan());
            }
            return step;
        });
        report(replicas, "observation of everything", () -> observe(controller));
        report(
                replicas,
                "restart from the state",
                () -> new Reconciler(
                        spec, controller.store().read(), controller.store().spend(""), Map.of(), 1));
        memory(replicas, controller);
    }

    private static void planFromEmpty(Spec spec, int replicas) {
        Cloud cloud = SimulatedClouds.calm();
        var controller = new VirtualController(cloud, Declared.all());
        if (cloud.offers(new OfferQuery(List.of(LocationPattern.parse("*")), List.of()))
                instanceof Outcome.Done<OfferList>(OfferList offers)) {
            controller.tell(new Message.OffersRead("sim", offers));
            controller.run(Duration.ofSeconds(1));
        }
        long begin = THREADS.getCurrentThreadCpuTime();
        Plan cold = Planner.plan(Kinds.of(spec), controller.world(), PlanOptions.DEFAULT);
        print(
                replicas,
                "plan from empty, first in this process",
                millisSince(begin),
                cold.actions().size() + " actions");
        report(
                replicas,
                "plan from empty",
                () -> Planner.plan(Kinds.of(spec), controller.world(), PlanOptions.DEFAULT));
    }

    private static Object observe(VirtualController controller) {
        return switch (controller.cloud().observe(VirtualController.LINEAGE)) {
            case Outcome.Done<dev.skyhedge.spi.Observation>(var observation) ->
                controller.reconciler().react(List.of(new Message.Observed("sim", observation)), controller.now());
            case Outcome.Failed<dev.skyhedge.spi.Observation> failed -> throw new IllegalStateException("" + failed);
        };
    }

    private static void report(int replicas, String what, Supplier<Object> work) {
        double[] millis = new double[ROUNDS];
        @Nullable Object last = null;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            last = work.get();
            millis[i] = millisSince(begin);
        }
        Arrays.sort(millis);
        if (last == null) {
            throw new IllegalStateException("No result: " + what);
        }
        print(replicas, what, millis[ROUNDS / 2], String.format(Locale.ROOT, "worst %.1f ms", millis[ROUNDS - 1]));
    }

    private static void memory(int replicas, VirtualController controller) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                Locale.ROOT,
                "%6d replicas  %-40s %9d MiB  (%d replicas in the store, cloud and history included)%n",
                replicas,
                "heap in use",
                used / BYTES_PER_MEBIBYTE,
                controller.replicas().size());
    }

    private static double millisSince(long beginNanos) {
        return (THREADS.getCurrentThreadCpuTime() - beginNanos) / NANOS_PER_MILLI;
    }

    private static void print(int replicas, String what, double millis, String more) {
        System.out.printf(Locale.ROOT, "%6d replicas  %-40s %9.1f ms  %s%n", replicas, what, millis, more);
    }
}
