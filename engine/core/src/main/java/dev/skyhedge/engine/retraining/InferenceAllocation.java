package dev.skyhedge.engine.retraining;

import java.util.Arrays;

/// The best division of what is left for serving among the streams, each of which has to be served well enough. Shares
/// are hundredths of a GPU, which is how finely processes on a GPU can be limited.
final class InferenceAllocation {
    static final int GRID = 100;
    /// Beyond so many GPUs no stream is served better.
    private static final int MOST_GPUS_A_STREAM = 4;

    private static final double TOLERANCE = 1e-9;

    private final InferenceProfile profile;
    private final double floor;
    private final double[] weights;
    /// By hundredths.
    private final double[] factors;

    InferenceAllocation(Situation situation) {
        profile = situation.profile();
        floor = situation.minAccuracy();
        weights = situation.streams().stream()
                .mapToDouble(RetrainedStream::weight)
                .toArray();
        double[] all = new double[MOST_GPUS_A_STREAM * GRID + 1];
        int size = 0;
        while (size < all.length && (size == 0 || all[size - 1] < 1 - TOLERANCE)) {
            all[size] = profile.factor((double) size / GRID);
            size++;
        }
        factors = Arrays.copyOf(all, size);
    }

    /// What every stream takes when nothing is short.
    double mostShare() {
        return (double) (factors.length - 1) / GRID;
    }

    /// The least hundredths for a model of this accuracy to be served well enough; -1 if none suffice.
    int least(double accuracy) {
        for (int units = 0; units < factors.length; units++) {
            if (accuracy * factors[units] >= floor - TOLERANCE) {
                return units;
            }
        }
        return -1;
    }

    /// The weighted sum of accuracies that a division gives, or NaN where the floor is broken.
    double value(double[] shares, double[] accuracies) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double served = accuracies[i] * profile.factor(shares[i]);
            if (served < floor - TOLERANCE) {
                return Double.NaN;
            }
            sum += weights[i] * served;
        }
        return sum;
    }

    /// Equal shares of all that there is.
    double[] equal(double capacity) {
        double[] shares = new double[weights.length];
        Arrays.fill(shares, Math.max(0, capacity) / shares.length);
        return shares;
    }

    /// The best sum that a division of the capacity gives, nearly: NaN where the floor cannot be held.
    double quick(double capacity, double[] accuracies) {
        int[] units = new int[weights.length];
        int left = leastOfAll(units, accuracies, capacity);
        if (left < 0) {
            return value(equal(capacity), accuracies);
        }
        if (capacity >= mostShare() * units.length) {
            Arrays.fill(units, factors.length - 1);
            left = 0;
        }
        while (left > 0) {
            int best = -1;
            int bestStep = 0;
            double bestSlope = 0;
            for (int i = 0; i < units.length; i++) {
                double worth = weights[i] * accuracies[i];
                int most = Math.min(left, factors.length - 1 - units[i]);
                for (int step = 1; step <= most; step++) {
                    double slope = worth * (factors[units[i] + step] - factors[units[i]]) / step;
                    if (slope > bestSlope + TOLERANCE) {
                        best = i;
                        bestStep = step;
                        bestSlope = slope;
                    }
                }
            }
            if (best < 0) {
                break;
            }
            units[best] += bestStep;
            left -= bestStep;
        }
        double sum = 0;
        for (int i = 0; i < units.length; i++) {
            sum += weights[i] * accuracies[i] * factors[units[i]];
        }
        double equal = value(equal(capacity), accuracies);
        return equal > sum ? equal : sum;
    }

    /// The best shares; empty where the floor cannot be held.
    double[] best(double capacity, double[] accuracies) {
        int[] least = new int[weights.length];
        int left = leastOfAll(least, accuracies, capacity);
        double[] equal = equal(capacity);
        double ofEqual = value(equal, accuracies);
        if (left < 0) {
            return Double.isNaN(ofEqual) ? new double[0] : equal;
        }
        double[] exact = divided(least, left, accuracies);
        return ofEqual > value(exact, accuracies) + TOLERANCE ? equal : exact;
    }

    /// By dynamic programming over streams and hundredths.
    private double[] divided(int[] least, int left, double[] accuracies) {
        int streams = least.length;
        double[] reached = new double[left + 1];
        int[][] taken = new int[streams][left + 1];
        for (int i = 0; i < streams; i++) {
            double[] next = new double[left + 1];
            double worth = weights[i] * accuracies[i];
            for (int room = 0; room <= left; room++) {
                int most = Math.min(room, factors.length - 1 - least[i]);
                double best = -1;
                for (int extra = 0; extra <= most; extra++) {
                    double sum = reached[room - extra] + worth * factors[least[i] + extra];
                    if (sum > best + TOLERANCE) {
                        best = sum;
                        taken[i][room] = extra;
                    }
                }
                next[room] = best;
            }
            reached = next;
        }
        double[] shares = new double[streams];
        int room = left;
        for (int i = streams - 1; i >= 0; i--) {
            shares[i] = (double) (least[i] + taken[i][room]) / GRID;
            room -= taken[i][room];
        }
        return shares;
    }

    /// Fills in the least of each; returns the hundredths that are left, below 0 if there are too few.
    private int leastOfAll(int[] units, double[] accuracies, double capacity) {
        // More than all can use is of no use.
        int left = Math.min((int) Math.floor(capacity * GRID + 1e-6), units.length * (factors.length - 1));
        for (int i = 0; i < units.length; i++) {
            units[i] = least(accuracies[i]);
            if (units[i] < 0) {
                return -1;
            }
            left -= units[i];
        }
        return left;
    }
}
