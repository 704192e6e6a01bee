package dev.skyhedge.engine.simulate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Mean and population standard deviation.
public record Spread(double mean, double deviation) {
    /// Of something of each run.
    public static Spread of(List<Run> runs, ToDoubleFunction<Outcome> figure) {
        double[] values = runs.stream()
                .mapToDouble(run -> figure.applyAsDouble(run.outcome()))
                .toArray();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = values.length == 0 ? Double.NaN : sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, values.length == 0 ? Double.NaN : Math.sqrt(squares / values.length));
    }
}
