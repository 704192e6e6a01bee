package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What so many replicas of one accelerator cost, the cheapest lots first: the next one never
/// costs less than the one before.
final class CountCosts {
    /// That the user wants in any case.
    final int least;

    private final double[] costs;

    /// Of each replica beyond the least.
    private final double[] next;

    /// @param most beyond this many none is of use
    CountCosts(Accelerator accelerator, Offers offers, int most) {
        List<Offers.Lot> lots = offers.lots().stream()
                .filter(lot -> lot.accelerator().equals(accelerator))
                .sorted(Comparator.comparingDouble(Offers.Lot::cost))
                .toList();
        least = lots.stream().mapToInt(Offers.Lot::atLeast).sum();
        next = lots.stream()
                .flatMap(lot ->
                        Stream.generate(lot::cost).limit(Math.min(most, lot.atMost()) - Math.min(most, lot.atLeast())))
                .mapToDouble(Double::doubleValue)
                .limit(Math.max(0, most - least))
                .toArray();
        costs = new double[next.length + 1];
        costs[0] = lots.stream().mapToDouble(lot -> lot.atLeast() * lot.cost()).sum();
        for (int i = 0; i < next.length; i++) {
            costs[i + 1] = costs[i] + next[i];
        }
    }

    int most() {
        return least + next.length;
    }

    /// @param count from [#least] to [#most]
    double of(int count) {
        return costs[count - least];
    }

    /// Of the one after so many.
    double next(int count) {
        return next[count - least];
    }

    /// What the first one to choose costs; little where ending it costs more than keeping it.
    double cheapest() {
        return next.length == 0 ? 1 : Math.max(next[0], 1e-3);
    }

    double boughtAt(double worth) {
        return least
                + IntStream.range(0, next.length)
                        .takeWhile(i -> next[i] < worth)
                        .count();
    }
}
