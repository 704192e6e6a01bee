package dev.skyhedge.cli.report;

import java.util.List;

/// The 95 % confidence interval of a mean of few values, by Student's t-distribution.
///
/// @param mean of the values
/// @param halfWidth from the mean to either end; 0 for a single value
record ConfidenceInterval(double mean, double halfWidth) {
    /// Two-sided 95 % quantiles by degrees of freedom from 1; beyond the last, the normal distribution's is
    /// close enough.
    private static final double[] QUANTILES = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL_QUANTILE = 1.960;

    static ConfidenceInterval of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n < 2) {
            return new ConfidenceInterval(mean, 0);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double quantile = n - 2 < QUANTILES.length ? QUANTILES[n - 2] : NORMAL_QUANTILE;
        return new ConfidenceInterval(mean, quantile * Math.sqrt(squares / (n - 1) / n));
    }
}
