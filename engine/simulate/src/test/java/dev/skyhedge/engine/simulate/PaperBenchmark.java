package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import dev.skyhedge.specs.ServiceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Plays all policies on the published windows of a recording and prints what comes of it. Not a test: run it
/// by its main method with directories of recordings. `-Dseeds=8` repeats each policy with other random choices
/// and zone orders, `-Dpolicy=NAME` picks one.
public final class PaperBenchmark {
    private PaperBenchmark() {}

    static Map<String, PlacementSpec> policies() {
        Map<String, PlacementSpec> policies = new LinkedHashMap<>();
        policies.put("on_demand", new PlacementSpec.OnDemand());
        policies.put("even_spread", new PlacementSpec.EvenSpread());
        policies.put("round_robin", new PlacementSpec.RoundRobin());
        policies.put("asg", new PlacementSpec.Asg());
        policies.put("spot_only", new PlacementSpec.SpotOnly());
        policies.put("spothedge_artifact", new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0));
        policies.put("spothedge_artifact_0", new PlacementSpec.SpotHedge(Rule.ARTIFACT, 0, true, 0));
        policies.put("spothedge", PlacementSpec.SpotHedge.DEFAULT);
        policies.put("skyhedge", PlacementSpec.Skyhedge.DEFAULT);
        return policies;
    }

    public static void main(String[] arguments) throws IOException {
        int seeds = Integer.getInteger("seeds", 1);
        String only = System.getProperty("policy", "");
        for (String directory : arguments) {
            RecordedMarket recorded = RecordedMarketReader.read(Path.of(directory));
            System.out.println(recorded.sampling().name());
            policies().forEach((name, placement) -> {
                if (only.isEmpty() || only.equals(name)) {
                    measure(recorded, name, placement, seeds);
                }
            });
        }
    }

    private static void measure(RecordedMarket recorded, String name, PlacementSpec placement, int seeds) {
        PaperProtocol protocol = PaperProtocol.DEFAULT;
        MarketTrace market = MarketWindows.asPublished(recorded);
        List<Long> offsets = MarketWindows.publishedOffsets(recorded.sampling().name())
                .orElseGet(() -> MarketWindows.drawOffsets(
                        10, recorded.length(recorded.series().getFirst().key()), protocol, 1));
        ServiceSpec service =
                Declared.service("chat").in("*/*/*").with(placement).spec();
        List<List<Outcome>> byWindow = new ArrayList<>();
        offsets.forEach(_ -> byWindow.add(new ArrayList<>()));
        long begin = System.nanoTime();
        for (int seed = 0; seed < seeds; seed++) {
            List<MarketWindow> windows =
                    MarketWindows.cut(market, recorded.sampling().cloud(), offsets, protocol, seed);
            for (int i = 0; i < windows.size(); i++) {
                byWindow.get(i)
                        .add(PaperRun.of(service, windows.get(i), protocol, seed)
                                .outcome());
            }
        }
        double millis = (System.nanoTime() - begin) / 1e6 / seeds / offsets.size();
        var all = byWindow.stream().flatMap(List::stream).toList();
        System.out.printf(
                Locale.ROOT,
                "%-22s full %6.2f  capacity %6.2f  outage %5.2f  cost %6.2f  launches %6.1f refused %7.1f  taken %5.1f"
                        + "  on-demand %5.2f  %6.1f ms a window%n",
                name,
                100 * mean(all, Outcome::full),
                100 * mean(all, Outcome::capacity),
                100 * mean(all, Outcome::outage),
                100 * mean(all, Outcome::costShare),
                mean(all, Outcome::launches),
                mean(all, Outcome::failedLaunches),
                mean(all, Outcome::preemptions),
                100 * mean(all, Outcome::onDemandShare),
                millis);
        if (Boolean.getBoolean("windows")) {
            for (int i = 0; i < offsets.size(); i++) {
                System.out.printf(
                        Locale.ROOT,
                        "    %7d  %6.2f / %6.2f%n",
                        offsets.get(i),
                        100 * mean(byWindow.get(i), Outcome::full),
                        100 * mean(byWindow.get(i), Outcome::costShare));
            }
        }
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElse(Double.NaN);
    }
}
