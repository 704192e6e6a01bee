package dev.skyhedge.engine.simulate.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Recorded learning curves of many configurations of one model.
///
/// @param workload what it learns
/// @param maximized whether more of the metric is better; values are signed so that it is
/// @param curves one for each configuration
public record CurveSet(String workload, boolean maximized, List<LearningCurve> curves) {
    public CurveSet {
        curves = List.copyOf(curves);
    }

    /// Some of them, drawn without putting back.
    public CurveSet sample(int number, long seed) {
        List<LearningCurve> shuffled = new ArrayList<>(curves);
        Collections.shuffle(shuffled, new Random(seed));
        return new CurveSet(workload, maximized, shuffled.subList(0, Math.min(number, shuffled.size())));
    }

    /// The same with so many iterations for each one, on straight lines between what is recorded.
    public CurveSet refined(int parts) {
        return new CurveSet(
                workload,
                maximized,
                curves.stream().map(curve -> refined(curve, parts)).toList());
    }

    private static LearningCurve refined(LearningCurve curve, int parts) {
        List<Double> values = new ArrayList<>();
        List<Double> known = curve.values();
        for (int i = 0; i < known.size() - 1; i++) {
            for (int part = 0; part < parts; part++) {
                // Not the sum of two products: beside a value that diverged only that value itself is known.
                values.add(part == 0 ? known.get(i) : known.get(i) + (known.get(i + 1) - known.get(i)) * part / parts);
            }
        }
        values.add(known.getLast());
        return new LearningCurve(curve.trial(), curve.iterationSeconds() / parts, values);
    }

    /// An iteration of a configuration in the middle, on one atom, in seconds.
    public double medianIterationSeconds() {
        double[] seconds = curves.stream()
                .mapToDouble(LearningCurve::iterationSeconds)
                .sorted()
                .toArray();
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }

    /// A value as its metric has it.
    public double metric(double signed) {
        return maximized ? signed : -signed;
    }
}
