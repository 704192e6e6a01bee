package dev.skyhedge.engine.accelerators;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What one replica did at one rate, for requests of one size.
///
/// @param requestsPerSecond what it got; above 0
/// @param seconds what requests took there, of the metric that a service level is about; not
///     negative
public record MeasuredPoint(double requestsPerSecond, double seconds) {
    public MeasuredPoint {
        if (!(requestsPerSecond > 0) || !(seconds >= 0)) {
            throw new IllegalArgumentException("Not a measurement: " + requestsPerSecond + "/s, " + seconds + " s");
        }
    }

    /// The highest rate within a limit: where the straight line between the last point within it
    /// and the first one beyond crosses it. Nothing is said of rates above the highest that was
    /// measured; rates below the first that is within the limit are not looked at, as engines are
    /// slow while they warm up.
    ///
    /// @param points in any order
    /// @param limitSeconds above 0
    /// @return requests per second; 0 if no point is within the limit, empty if there is no point
    public static Optional<Double> maxRate(List<MeasuredPoint> points, double limitSeconds) {
        List<MeasuredPoint> rising = points.stream()
                .sorted(Comparator.comparingDouble(MeasuredPoint::requestsPerSecond))
                .toList();
        if (rising.isEmpty()) {
            return Optional.empty();
        }
        Optional<MeasuredPoint> within = Optional.empty();
        for (MeasuredPoint point : rising) {
            if (point.seconds <= limitSeconds) {
                within = Optional.of(point);
            } else if (within.isPresent()) {
                return Optional.of(crossing(within.get(), point, limitSeconds));
            }
        }
        return Optional.of(within.map(MeasuredPoint::requestsPerSecond).orElse(0.0));
    }

    private static double crossing(MeasuredPoint low, MeasuredPoint high, double limit) {
        return low.requestsPerSecond
                + (high.requestsPerSecond - low.requestsPerSecond)
                        * (limit - low.seconds)
                        / (high.seconds - low.seconds);
    }
}
