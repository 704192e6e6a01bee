package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The work of a load: how many replicas of each accelerator all of a bucket would keep busy.
/// Arrays have one number for each accelerator, in their order.
final class Work {
    final List<Accelerator> accelerators;
    final List<Bucket> buckets;
    final int slices;

    /// By bucket and accelerator; infinite where all that there is cannot serve one slice.
    private final double[][] replicas;

    Work(Problem problem, Offers offers) {
        accelerators = List.copyOf(problem.accelerators());
        buckets = List.copyOf(problem.rates().perSecond().keySet());
        slices = problem.rules().slices();
        replicas = new double[buckets.size()][accelerators.size()];
        int b = 0;
        for (Map.Entry<Bucket, Double> bucket : problem.rates().perSecond().entrySet()) {
            for (int a = 0; a < accelerators.size(); a++) {
                double all = bucket.getValue() / problem.profile().maxRate(accelerators.get(a), bucket.getKey());
                boolean able = all / slices <= offers.most(accelerators.get(a));
                replicas[b][a] = able ? all : Double.POSITIVE_INFINITY;
            }
            b++;
        }
    }

    double of(int bucket, int accelerator) {
        return replicas[bucket][accelerator];
    }

    boolean serves(int bucket, int accelerator) {
        return replicas[bucket][accelerator] < Double.POSITIVE_INFINITY;
    }

    /// Buckets that nothing can serve.
    List<Bucket> impossible() {
        return IntStream.range(0, replicas.length)
                .filter(b -> Arrays.stream(replicas[b]).allMatch(Double::isInfinite))
                .mapToObj(buckets::get)
                .toList();
    }

    /// Replicas of an accelerator that everything it can serve would keep busy.
    double most(int accelerator) {
        return Arrays.stream(replicas)
                .mapToDouble(of -> of[accelerator])
                .filter(Double::isFinite)
                .sum();
    }

    /// Replicas that the buckets keep busy where each goes to whom it is worth the least.
    ///
    /// @param worth of one replica
    double[] loads(double[] worth) {
        double[] loads = new double[worth.length];
        for (double[] of : replicas) {
            int best = 0;
            for (int a = 1; a < worth.length; a++) {
                if (of[a] * worth[a] < of[best] * worth[best]) {
                    best = a;
                }
            }
            loads[best] += of[best];
        }
        return loads;
    }

    static double sum(double[] worth, double[] counts) {
        double sum = 0;
        for (int a = 0; a < worth.length; a++) {
            sum += worth[a] * counts[a];
        }
        return sum;
    }
}
