package dev.skyhedge.engine.simulate.sweep;

import java.util.List;

/// How a trial learns.
///
/// @param trial its name
/// @param iterationSeconds what an iteration takes on one atom
/// @param values of the metric after each iteration, signed so that more is better; NaN where it diverged
public record LearningCurve(String trial, double iterationSeconds, List<Double> values) {
    public LearningCurve {
        values = List.copyOf(values);
    }
}
