package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How fast simulations are, and how policies react to what they are given. Not a test: run it by its main
/// method. Figures are CPU time of the one thread that does the work.
public final class SimulationBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final PlacementSpec ARTIFACT = new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0);
    private static final int WARM_UP = 3;

    private SimulationBenchmark() {}

    private static Map<String, PlacementSpec> policies() {
        Map<String, PlacementSpec> policies = new LinkedHashMap<>();
        policies.put("skyhedge", PlacementSpec.Skyhedge.DEFAULT);
        policies.put("spothedge", PlacementSpec.SpotHedge.DEFAULT);
        policies.put("spothedge_artifact", ARTIFACT);
        return policies;
    }

    private static List<MarketWindow> windows(String setting, int count, PaperProtocol protocol) {
        MarketSource market = MarketSource.open("synthetic:" + setting);
        return MarketWindows.cut(market.inPaper(), market.cloud(), market.offsets(count, protocol, 1), protocol, 1);
    }

    /// @param arguments of `speed`, `scale` and `sensitivity` those to measure; all if none is named
    public static void main(String[] arguments) {
        List<String> asked = List.of(arguments);
        if (asked.isEmpty() || asked.contains("speed")) {
            speed();
        }
        if (asked.isEmpty() || asked.contains("scale")) {
            scale();
        }
        if (asked.isEmpty() || asked.contains("sensitivity")) {
            sensitivity();
        }
    }

    private static void speed() {
        System.out.println("A day of 9 zones, target 3");
        PaperProtocol protocol = PaperProtocol.DEFAULT;
        List<MarketWindow> windows = windows("clusters", 4, protocol);
        policies().forEach((name, placement) -> {
            play(placement, windows, protocol, WARM_UP);
            long begin = THREADS.getCurrentThreadCpuTime();
            double hours = play(placement, windows, protocol, 1);
            double seconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "  %-20s %6.1f ms a window  %10.0f replica-hours per CPU second%n",
                    name,
                    seconds * 1000 / windows.size(),
                    hours / seconds);
        });
    }

    /// Replica-hours held.
    private static double play(PlacementSpec placement, List<MarketWindow> windows, PaperProtocol protocol, int times) {
        long ticks = 0;
        for (int i = 0; i < times; i++) {
            for (MarketWindow window : windows) {
                Timeline timeline = PaperRun.of(Windows.service(placement), window, protocol, 1)
                        .timeline();
                ticks += timeline.onDemandHeld().sum();
                for (Counts zone : timeline.spotHeld()) {
                    ticks += zone.sum();
                }
            }
        }
        return ticks
                * (protocol.tick().toSeconds() / (double) Duration.ofHours(1).toSeconds());
    }

    /// An event is a launch, a refusal, a loss or an end; a quiet tick is one as well, of which each replica
    /// is part.
    private static void scale() {
        System.out.println("CPU time as zones and replicas grow, 240 ticks");
        for (int replicas : new int[] {10, 100, 1_000, 10_000}) {
            int zones = Math.clamp(replicas / 10, 5, 500);
            PaperProtocol protocol = PaperProtocol.DEFAULT.withTicks(240).withTarget(replicas);
            String setting = "independent,regions=5,zones=" + zones + ",days=2,capacity=" + 4 * replicas / zones;
            List<MarketWindow> windows = windows(setting, 1, protocol);
            play(ARTIFACT, windows, protocol, replicas > 1_000 ? 0 : WARM_UP);
            long begin = THREADS.getCurrentThreadCpuTime();
            Run run = PaperRun.of(Windows.service(ARTIFACT), windows.getFirst(), protocol, 1);
            double micros = (THREADS.getCurrentThreadCpuTime() - begin) / 1e3;
            int events = run.occurrences().size();
            System.out.printf(
                    Locale.ROOT,
                    "  %6d replicas %4d zones %7d events  %8.1f us an event  %6.2f us a replica and tick%n",
                    replicas,
                    zones,
                    events,
                    micros / events,
                    micros / replicas / protocol.ticks());
        }
    }

    private static void sensitivity() {
        System.out.println("Availability / cost in % on synthetic:clusters, 4 windows");
        PaperProtocol standard = PaperProtocol.DEFAULT;
        for (int target : new int[] {1, 3, 10, 50}) {
            line("target " + target, "clusters,capacity=" + 2 * target, standard.withTarget(target));
        }
        for (int seconds : new int[] {30, 120, 300, 600, 1_200}) {
            line("cold start " + seconds + " s", "clusters", standard.withColdStart(seconds / 30));
        }
        for (double share : new double[] {0.2, 0.33, 0.5, 0.7, 0.9}) {
            line("spot at " + share, "clusters", standard.withPrices(share, 1));
        }
    }

    private static void line(String what, String setting, PaperProtocol protocol) {
        List<String> cells = new ArrayList<>();
        policies().forEach((name, placement) -> {
            List<Run> runs = windows(setting, 4, protocol).stream()
                    .map(window -> PaperRun.of(Windows.service(placement), window, protocol, 1))
                    .toList();
            cells.add(String.format(
                    Locale.ROOT,
                    "%s %6.2f / %6.2f",
                    name,
                    100 * Spread.of(runs, Outcome::full).mean(),
                    100 * Spread.of(runs, Outcome::costShare).mean()));
        });
        System.out.printf(Locale.ROOT, "  %-18s %s%n", what, String.join("   ", cells));
    }
}
