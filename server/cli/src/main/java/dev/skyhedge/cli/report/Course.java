package dev.skyhedge.cli.report;

import java.util.ArrayList;
import java.util.List;

/// A figure over time, as points in their order: either steps, whose value holds until the next one, or a line
/// through the points.
///
/// @param points in order of time
record Course(List<Point> points) {
    /// @param seconds since the beginning of the window
    record Point(double seconds, double value) {}

    Course {
        points = List.copyOf(points);
    }

    /// What has come together by then, from what comes together in each tick: a line that begins at 0 and has a
    /// point wherever the rate changes.
    ///
    /// @param from the first tick that counts
    static Course running(double[] byTick, int from, double tickSeconds) {
        List<Point> points = new ArrayList<>(List.of(new Point(from * tickSeconds, 0)));
        double sum = 0;
        for (int t = from; t < byTick.length; t++) {
            sum += byTick[t];
            if (t + 1 == byTick.length || byTick[t + 1] != byTick[t]) {
                points.add(new Point((t + 1) * tickSeconds, sum));
            }
        }
        return new Course(points);
    }

    /// The line that these steps add up to, value times seconds.
    Course running(double until) {
        List<Point> line = new ArrayList<>(List.of(new Point(0, 0)));
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            double to = i + 1 < points.size() ? Math.min(points.get(i + 1).seconds(), until) : until;
            double time = to - points.get(i).seconds();
            if (time > 0) {
                sum += time * points.get(i).value();
                line.add(new Point(to, sum));
            }
        }
        return new Course(line);
    }

    /// Every value times a factor.
    Course times(double factor) {
        return new Course(points.stream()
                .map(point -> new Point(point.seconds(), point.value() * factor))
                .toList());
    }

    /// Steps that are no more than about this many: time is cut into equal parts, and a part with more than two
    /// changes shows its lowest and its highest value, half of it each. So no shortage is lost, but one may look
    /// longer than it was, by up to a part.
    Course thinnedSteps(int most, double until) {
        if (points.size() <= most) {
            return this;
        }
        int parts = Math.max(1, most / 2);
        double part = until / parts;
        List<Point> thinned = new ArrayList<>();
        int next = 0;
        double current = points.getFirst().value();
        for (int i = 0; i < parts; i++) {
            double from = i * part;
            int first = next;
            double low = current;
            double high = current;
            while (next < points.size() && (points.get(next).seconds() < from + part || i == parts - 1)) {
                current = points.get(next).value();
                low = Math.min(low, current);
                high = Math.max(high, current);
                next++;
            }
            if (next - first <= 2) {
                points.subList(first, next).forEach(point -> add(thinned, point));
            } else {
                // The end of the part decides what comes last, so that the next part begins with the true value.
                boolean endsHigh = Math.abs(high - current) < Math.abs(current - low);
                add(thinned, new Point(from, endsHigh ? low : high));
                add(thinned, new Point(from + part / 2, endsHigh ? high : low));
                add(thinned, new Point(Math.nextDown(from + part), current));
            }
        }
        return new Course(thinned);
    }

    private static void add(List<Point> steps, Point point) {
        if (steps.isEmpty() || steps.getLast().value() != point.value()) {
            steps.add(point);
        }
    }

    /// A line through some of its points, the first and the last among them. What it leaves out it passes by,
    /// nowhere further than within the time between two that are kept.
    Course thinnedLine(int most) {
        if (points.size() <= most) {
            return this;
        }
        List<Point> kept = new ArrayList<>();
        double until = points.getLast().seconds();
        double due = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            if (point.seconds() >= due) {
                kept.add(point);
                due = point.seconds() + until / Math.max(1, most - 2);
            }
        }
        if (!kept.getLast().equals(points.getLast())) {
            kept.add(points.getLast());
        }
        return new Course(kept);
    }
}
