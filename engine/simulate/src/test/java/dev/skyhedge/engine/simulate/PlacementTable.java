package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import dev.skyhedge.specs.ServiceSpec;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Prints the table of `docs/placement.md`: the default placement beside SpotHedge with and without its spare.
/// Not a test: run it by its main method with a market as `simulate` takes it, how many windows, and numbers as
/// `target=10`, `cold=20` (ticks), `k=5` (on-demand price), `seed=7` (offsets other than the published ones) or
/// `availability=0.9999` or `outage=0.5` (dollars a minute, where an hour of a spot replica costs one), of ours.
public final class PlacementTable {
    private PlacementTable() {}

    public static void main(String[] arguments) {
        List<String> settings = List.of(arguments).subList(2, arguments.length);
        Asked asked = asked(arguments[0], Integer.parseInt(arguments[1]), settings);
        String label = String.join(" ", asked.market().name(), String.join(" ", settings))
                .strip();
        System.out.println("| " + label + ", " + asked.windows() + " windows | " + cells(asked) + " |");
    }

    /// What a row is to be of.
    record Asked(MarketSource market, int windows, PaperProtocol protocol, PlacementSpec.Skyhedge ours, long seed) {}

    /// @param market as `simulate` takes it
    /// @param settings such as `target=10`
    static Asked asked(String market, int windows, List<String> settings) {
        PaperProtocol protocol = PaperProtocol.DEFAULT;
        long seed = 0;
        var ours = PlacementSpec.Skyhedge.DEFAULT;
        for (String text : settings) {
            String[] setting = text.split("=", 2);
            switch (setting[0]) {
                case "target" -> protocol = protocol.withTarget(Integer.parseInt(setting[1]));
                case "cold" -> protocol = protocol.withColdStart(Integer.parseInt(setting[1]));
                case "k" -> protocol = protocol.withPrices(1, Double.parseDouble(setting[1]));
                case "availability" ->
                    ours = new PlacementSpec.Skyhedge(
                            ours.spares(),
                            Double.parseDouble(setting[1]),
                            ours.onDemandFallback(),
                            ours.onDemandBase());
                case "outage" ->
                    ours = new PlacementSpec.Skyhedge(
                            ours.spares(),
                            ours.availability(),
                            OptionalDouble.of(Double.parseDouble(setting[1])),
                            ours.onDemandFallback(),
                            ours.onDemandBase());
                case "seed" -> seed = Long.parseLong(setting[1]);
                default -> throw new IllegalArgumentException("No setting: " + text);
            }
        }
        return new Asked(MarketSource.open(market), windows, protocol, ours, seed);
    }

    /// The cells of a row behind its label, as the page has them.
    static String cells(Asked asked) {
        List<Outcome> ours = play(asked, asked.ours());
        List<Outcome> theirs = play(asked, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0));
        List<Outcome> without = play(asked, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 0, true, 0));
        double gap = mean(theirs, Outcome::costShare) - mean(without, Outcome::costShare);
        return String.format(
                Locale.ROOT,
                "%s | %s | %s | %.0f %%",
                text(ours),
                text(theirs),
                text(without),
                100 * (mean(theirs, Outcome::costShare) - mean(ours, Outcome::costShare)) / gap);
    }

    /// The first of them alone.
    static String ours(Asked asked) {
        return text(play(asked, asked.ours()));
    }

    static List<Outcome> play(Asked asked, PlacementSpec placement) {
        MarketSource market = asked.market();
        PaperProtocol protocol = asked.protocol();
        long seed = asked.seed();
        int windows = asked.windows();
        List<Long> drawn = MarketWindows.drawOffsets(windows, market.length(), protocol, seed);
        List<Long> offsets = seed == 0 && !market.publishedOffsets().isEmpty() ? market.publishedOffsets() : drawn;
        ServiceSpec service =
                Declared.service("chat").in("*/*/*").with(placement).spec();
        return MarketWindows.cut(
                        market.inPaper(),
                        market.cloud(),
                        offsets.subList(0, Math.min(windows, offsets.size())),
                        protocol,
                        1)
                .parallelStream()
                .map(window -> PaperRun.of(service, window, protocol, 1).outcome())
                .toList();
    }

    static String text(List<Outcome> outcomes) {
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
