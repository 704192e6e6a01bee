package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.engine.testing.Declared;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an event costs in the event mode as zones and replicas grow. Not a test: run it by its main method, with
/// the numbers of replicas as arguments. Figures are CPU time of the one thread that does the work.
public final class EventBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final double REQUESTS_PER_SECOND_AND_REPLICA = 0.1;

    private EventBenchmark() {}

    public static void main(String[] arguments) {
        List<Integer> sizes = arguments.length == 0
                ? List.of(10, 100, 1_000, 10_000)
                : Arrays.stream(arguments).map(Integer::valueOf).toList();
        System.out.println("An hour, event by event: arrivals and ends of requests, and steps of the reconciler");
        run(sizes.getFirst());
        run(sizes.getFirst());
        sizes.forEach(EventBenchmark::measure);
    }

    private static void measure(int replicas) {
        long begin = THREADS.getCurrentThreadCpuTime();
        EventOutcome outcome = run(replicas);
        double micros = (THREADS.getCurrentThreadCpuTime() - begin) / 1e3;
        long requests = outcome.requests().arrived();
        long events = 2 * requests + outcome.steps();
        System.out.printf(
                Locale.ROOT,
                "  %6d replicas %8d requests %6d steps  %7.1f us an event  %6.2f us a replica and step%n",
                replicas,
                requests,
                outcome.steps(),
                micros / events,
                micros / replicas / outcome.steps());
    }

    private static EventOutcome run(int replicas) {
        int zones = Math.clamp(replicas / 10, 5, 500);
        var market = MarketSource.open(
                "synthetic:independent,regions=5,zones=" + zones + ",days=2,capacity=" + 4 * replicas / zones);
        var workload = new Workload.Poisson(REQUESTS_PER_SECOND_AND_REPLICA * replicas, Scenes.SHORT);
        return EventSimulation.run(
                Scenes.settings(
                        Declared.service("chat").wants(replicas).spotHedge(1, true, 0),
                        market.inPaper(),
                        Lags.DEFAULT,
                        Optional.of(Scenes.asked(workload, ServiceTime.exponential(5), 1)),
                        1),
                LENGTH);
    }
}
