package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Prints what the weights of the default placement come to on each recording when they were chosen on all others.
/// Not a test: run it by its main method with the directory of the recordings and their names, each in windows of
/// its own seed.
///
/// Chosen is the setting by which an availability is clearly worse than the reference's on the fewest of the others
/// (by more than the 95 % interval of the differences, paired by window), then the one that closes most of the gap,
/// among those that close half of it in the mean if there are any.
public final class LeaveOneOut {
    private static final int WINDOWS = 10;
    private static final long SEED = 11;
    private static final double HALF = 0.5;

    /// Student's two-sided 95 % quantile for ten windows.
    private static final double QUANTILE = 2.262;

    private static final List<PlacementSpec.Skyhedge> SETTINGS = Stream.of(0.99, 0.997, 0.999, 0.9997, 0.9999)
            .flatMap(availability -> Stream.of(
                            OptionalDouble.empty(), OptionalDouble.of(2), OptionalDouble.of(5), OptionalDouble.of(20))
                    .map(outage -> new PlacementSpec.Skyhedge(OptionalInt.empty(), availability, outage, true, 0)))
            .toList();

    private LeaveOneOut() {}

    /// One recording: the reference, it without its spare, and each setting.
    private record Played(String name, List<Outcome> reference, List<Outcome> without, List<List<Outcome>> settings) {
        double gap(int setting) {
            double from = mean(reference, Outcome::costShare);
            return (from - mean(settings.get(setting), Outcome::costShare))
                    / (from - mean(without, Outcome::costShare));
        }

        boolean isClearlyWorse(int setting) {
            List<Outcome> ours = settings.get(setting);
            return isBelow(ours, Outcome::full)
                    || isBelow(ours, Outcome::capacity)
                    || isBelow(ours, outcome -> -outcome.outage());
        }

        private boolean isBelow(List<Outcome> ours, ToDoubleFunction<Outcome> figure) {
            double[] differences = IntStream.range(0, ours.size())
                    .mapToDouble(i -> figure.applyAsDouble(ours.get(i)) - figure.applyAsDouble(reference.get(i)))
                    .toArray();
            double mean = IntStream.range(0, differences.length)
                    .mapToDouble(i -> differences[i])
                    .average()
                    .orElseThrow();
            double squares = 0;
            for (double difference : differences) {
                squares += (difference - mean) * (difference - mean);
            }
            return mean < -QUANTILE * Math.sqrt(squares / (differences.length - 1) / differences.length);
        }
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        List<Played> all = Stream.of(arguments)
                .skip(1)
                .map(name -> play(directory.resolve(name)))
                .toList();
        for (Played one : all) {
            List<Played> others = new ArrayList<>(all);
            others.remove(one);
            print(one, chosen(others));
        }
        print("all, chosen on all", all, chosen(all));
        print("all, the default", all, SETTINGS.indexOf(PlacementSpec.Skyhedge.DEFAULT));
    }

    private static Played play(Path recording) {
        PlacementTable.Asked asked = PlacementTable.asked(recording.toString(), WINDOWS, List.of("seed=" + SEED));
        return new Played(
                asked.market().name(),
                PlacementTable.play(asked, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0)),
                PlacementTable.play(asked, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 0, true, 0)),
                SETTINGS.stream()
                        .map(setting -> PlacementTable.play(asked, setting))
                        .toList());
    }

    private static int chosen(List<Played> on) {
        return IntStream.range(0, SETTINGS.size())
                .boxed()
                .min(Comparator.<Integer>comparingInt(setting -> gap(on, setting) >= HALF ? 0 : 1)
                        .thenComparingLong(setting -> clearlyWorse(on, setting))
                        .thenComparingDouble(setting -> -gap(on, setting)))
                .orElseThrow();
    }

    private static double gap(List<Played> on, int setting) {
        return on.stream().mapToDouble(one -> one.gap(setting)).average().orElseThrow();
    }

    private static long clearlyWorse(List<Played> on, int setting) {
        return on.stream().filter(one -> one.isClearlyWorse(setting)).count();
    }

    private static void print(Played one, int setting) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f %% | %s |%n",
                one.name(),
                name(setting),
                PlacementTable.text(one.settings().get(setting)),
                PlacementTable.text(one.reference()),
                100 * one.gap(setting),
                one.isClearlyWorse(setting) ? "yes" : "no");
    }

    private static void print(String label, List<Played> all, int setting) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | | | %.0f %% | on %d of %d |%n",
                label,
                name(setting),
                100 * gap(all, setting),
                clearlyWorse(all, setting),
                all.size());
    }

    private static String name(int setting) {
        PlacementSpec.Skyhedge chosen = SETTINGS.get(setting);
        return chosen.availability()
                + (chosen.outageUsdPerMinute().isPresent()
                        ? ", outage " + (int) chosen.outageUsdPerMinute().getAsDouble()
                        : "");
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElseThrow();
    }
}
