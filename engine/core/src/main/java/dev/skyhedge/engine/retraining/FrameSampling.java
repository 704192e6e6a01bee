package dev.skyhedge.engine.retraining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A stream on less than it needs has only one frame in n analysed, and what is said of the others is stale. Between
/// the measured n the factor is on a straight line; beyond the largest nothing is served.
///
/// @param fullShare of a GPU that analyses every frame
/// @param factors of accuracy by n, from 1 on, falling
public record FrameSampling(double fullShare, SortedMap<Double, Double> factors) implements InferenceProfile {
    /// Keeps the quotient finite where nothing is given.
    private static final double LEAST_SHARE = 1e-6;

    public FrameSampling {
        factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
        if (fullShare <= 0 || factors.isEmpty()) {
            throw new IllegalArgumentException("full share " + fullShare + ", factors " + factors);
        }
    }

    @Override
    public double factor(double share) {
        double oneIn = fullShare / (share + LEAST_SHARE);
        List<Map.Entry<Double, Double>> points = new ArrayList<>(factors.entrySet());
        if (oneIn <= points.getFirst().getKey()) {
            return points.getFirst().getValue();
        }
        for (int i = 1; i < points.size(); i++) {
            double right = points.get(i).getKey();
            if (oneIn <= right) {
                double left = points.get(i - 1).getKey();
                double above = points.get(i - 1).getValue();
                return above + (points.get(i).getValue() - above) * (oneIn - left) / (right - left);
            }
        }
        return 0;
    }
}
