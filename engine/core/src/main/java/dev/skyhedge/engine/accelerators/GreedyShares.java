package dev.skyhedge.engine.accelerators;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whole slices that fit, found without search: buckets go where they are worth the least, those
/// first that lose the most by going elsewhere. It may find none where room is tight.
final class GreedyShares {
    private GreedyShares() {}

    /// By bucket and accelerator.
    static Optional<int[][]> fit(Work work, double[] counts, double[] worth) {
        double[] room = counts.clone();
        int[][] shares = new int[work.buckets.size()][counts.length];
        int[] order = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> -regret(work, b, counts, worth)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int b : order) {
            for (int slice = 0; slice < work.slices; slice++) {
                int best = -1;
                for (int a = 0; a < counts.length; a++) {
                    boolean fits = work.of(b, a) / work.slices <= room[a];
                    if (fits && (best < 0 || work.of(b, a) * worth[a] < work.of(b, best) * worth[best])) {
                        best = a;
                    }
                }
                if (best < 0) {
                    return Optional.empty();
                }
                shares[b][best]++;
                room[best] -= work.of(b, best) / work.slices;
            }
        }
        return Optional.of(shares);
    }

    /// What the second choice costs more than the first; infinite without a second.
    private static double regret(Work work, int bucket, double[] counts, double[] worth) {
        double first = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int a = 0; a < counts.length; a++) {
            if (counts[a] > 0 && work.serves(bucket, a)) {
                double cost = work.of(bucket, a) * worth[a];
                second = Math.min(second, Math.max(first, cost));
                first = Math.min(first, cost);
            }
        }
        return first == Double.POSITIVE_INFINITY ? first : second - first;
    }
}
