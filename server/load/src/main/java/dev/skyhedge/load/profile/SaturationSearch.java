package dev.skyhedge.load.profile;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// Which rate to try next, and what was found: a pure function of what was measured for one size.
///
/// Rates double from the first one until a point is not within the limit, or halve until one is;
/// then the gap between the two is halved until it is small. What is found is a rate that was
/// measured within the limit: nothing is read off beyond it.
///
/// @param limit of nine requests in ten, from when they were due to their last byte
/// @param first rate to try, above 0
/// @param least rate below which a replica counts as unable
/// @param most rate that is tried
public record SaturationSearch(Duration limit, double first, double least, double most) {
    /// Two rates this near are one: measured again they would differ as much.
    private static final double NEAR = 1.04;

    public SaturationSearch {
        if (!limit.isPositive() || !(least > 0) || !(first >= least) || !(most >= first)) {
            throw new IllegalArgumentException("Rates rise from the least to the most, above 0: " + least + ", " + first
                    + ", " + most + "; limit " + limit);
        }
    }

    /// The rate to measure next; empty once there is an answer.
    public OptionalDouble next(List<ProfilePoint> points) {
        double low = low(points);
        double high = high(points);
        if (points.isEmpty()) {
            return OptionalDouble.of(first);
        }
        if (low == 0) {
            return high / 2 >= least ? OptionalDouble.of(high / 2) : OptionalDouble.empty();
        }
        if (Double.isInfinite(high)) {
            return low < most ? OptionalDouble.of(Math.min(most, 2 * low)) : OptionalDouble.empty();
        }
        return high / low > NEAR ? OptionalDouble.of(Math.sqrt(low * high)) : OptionalDouble.empty();
    }

    /// The highest rate within the limit, as it stands; 0 if none was.
    public double found(List<ProfilePoint> points) {
        return low(points);
    }

    /// Below every rate that was too much: one that was lucky above such a rate does not count.
    private double low(List<ProfilePoint> points) {
        double high = high(points);
        return points.stream()
                .filter(point -> point.isWithin(limit) && point.offered() < high)
                .mapToDouble(ProfilePoint::offered)
                .max()
                .orElse(0);
    }

    private double high(List<ProfilePoint> points) {
        return points.stream()
                .filter(point -> !point.isWithin(limit))
                .mapToDouble(ProfilePoint::offered)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
