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
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Prints the table of `docs/placement.md`: the default placement beside SpotHedge with and without its spare.
/// Not a test: run it by its main method with a directory of a recording, how many windows, and numbers as
/// `target=10`, `cold=20` (ticks), `k=5` (on-demand price) or `seed=7` (offsets other than the published ones).
public final class PlacementTable {
    private PlacementTable() {}

    public static void main(String[] arguments) throws IOException {
        RecordedMarket recorded = RecordedMarketReader.read(Path.of(arguments[0]));
        int windows = Integer.parseInt(arguments[1]);
        PaperProtocol protocol = PaperProtocol.DEFAULT;
        long seed = 0;
        var label = new StringBuilder(recorded.sampling().name());
        for (int i = 2; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            label.append(' ').append(arguments[i]);
            switch (setting[0]) {
                case "target" -> protocol = protocol.withTarget(Integer.parseInt(setting[1]));
                case "cold" -> protocol = protocol.withColdStart(Integer.parseInt(setting[1]));
                case "k" -> protocol = protocol.withPrices(1, Double.parseDouble(setting[1]));
                case "seed" -> seed = Long.parseLong(setting[1]);
                default -> throw new IllegalArgumentException("No setting: " + arguments[i]);
            }
        }
        print(label + ", " + windows + " windows", recorded, windows, protocol, seed);
    }

    private static void print(String label, RecordedMarket recorded, int windows, PaperProtocol protocol, long seed) {
        List<Outcome> ours = play(recorded, windows, protocol, seed, PlacementSpec.Skyhedge.DEFAULT);
        List<Outcome> theirs =
                play(recorded, windows, protocol, seed, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0));
        List<Outcome> without =
                play(recorded, windows, protocol, seed, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 0, true, 0));
        double gap = mean(theirs, Outcome::costShare) - mean(without, Outcome::costShare);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %.0f %% |%n",
                label,
                text(ours),
                text(theirs),
                100 * mean(without, Outcome::costShare),
                100 * (mean(theirs, Outcome::costShare) - mean(ours, Outcome::costShare)) / gap);
    }

    private static List<Outcome> play(
            RecordedMarket recorded, int windows, PaperProtocol protocol, long seed, PlacementSpec placement) {
        MarketTrace market = MarketWindows.asPublished(recorded);
        List<Long> drawn = MarketWindows.drawOffsets(
                windows, recorded.length(recorded.series().getFirst().key()), protocol, seed);
        List<Long> offsets = seed == 0
                ? MarketWindows.publishedOffsets(recorded.sampling().name()).orElse(drawn)
                : drawn;
        ServiceSpec service =
                Declared.service("chat").in("*/*/*").with(placement).spec();
        return MarketWindows.cut(
                        market,
                        recorded.sampling().cloud(),
                        offsets.subList(0, Math.min(windows, offsets.size())),
                        protocol,
                        1)
                .stream()
                .map(window -> PaperRun.of(service, window, protocol, 1).outcome())
                .toList();
    }

    private static String text(List<Outcome> outcomes) {
        return String.format(
                Locale.ROOT,
                "%.2f / %.2f / %.3f / %.2f",
                100 * mean(outcomes, Outcome::full),
                100 * mean(outcomes, Outcome::capacity),
                100 * mean(outcomes, Outcome::outage),
                100 * mean(outcomes, Outcome::costShare));
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElse(Double.NaN);
    }
}
