package dev.skyhedge.engine.simulate;

/// The standard normal distribution in one and two dimensions.
final class NormalDistribution {
    private static final double HALF_LOG_TWO_PI = 0.918938533204672742;
    /// Beyond this many deviations nothing is left in a double.
    private static final double FARTHEST = 8;

    private static final int MAX_TERMS = 500;
    private static final int BISECTIONS = 80;
    private static final int INTERVALS = 400;

    private NormalDistribution() {}

    /// The probability of being below.
    ///
    /// Source: Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004.
    static double below(double x) {
        if (Math.abs(x) > FARTHEST) {
            return x < 0 ? 0 : 1;
        }
        double term = x;
        double sum = x;
        for (int i = 1; i < MAX_TERMS; i++) {
            term *= x * x / (2 * i + 1);
            double next = sum + term;
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI);
    }

    /// Below which one is with that probability.
    static double quantile(double probability) {
        double low = -FARTHEST;
        double high = FARTHEST;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (below(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /// The probability that both of two variables of that correlation are above their thresholds.
    ///
    /// Source: Drezner and Wesolowsky, "On the computation of the bivariate normal integral", Journal of
    /// Statistical Computation and Simulation 35, 1990; by Simpson's rule over the angle.
    static double bothAbove(double first, double second, double correlation) {
        double end = Math.asin(Math.clamp(correlation, -0.999_999, 0.999_999));
        double step = end / INTERVALS;
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            double weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * density(first, second, i * step);
        }
        return below(-first) * below(-second) + sum * step / 3 / (2 * Math.PI);
    }

    private static double density(double first, double second, double angle) {
        double cosine = Math.cos(angle);
        return Math.exp(
                -(first * first + second * second - 2 * first * second * Math.sin(angle)) / (2 * cosine * cosine));
    }
}
