package dev.skyhedge.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes rates of counts, over the last seconds. Not thread-safe.
final class TrafficMeter {
    /// Short enough to follow a preemption, long enough for a percentile to mean something.
    static final Duration WINDOW = Duration.ofSeconds(15);

    /// However many ask, there are few looks in a window.
    private static final Duration APART = Duration.ofMillis(500);

    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(Instant at, SortedMap<String, Traffic> counts) {}

    /// What an endpoint does now.
    ///
    /// @param total what was counted since it was opened
    /// @param arrivalsPerSecond over the window
    /// @param failuresPerSecond over the window
    /// @param p50Millis of what was answered in the window; not a number if nothing was
    /// @param p99Millis likewise
    record Rates(
            Traffic total, double arrivalsPerSecond, double failuresPerSecond, double p50Millis, double p99Millis) {
        static final Rates NONE = new Rates(Traffic.NONE, 0, 0, Double.NaN, Double.NaN);
    }

    /// Takes what is counted now.
    ///
    /// @return by service, and under the empty name of all
    SortedMap<String, Rates> look(Instant at, SortedMap<String, Traffic> counts) {
        SortedMap<String, Traffic> all = new TreeMap<>(counts);
        all.put("", counts.values().stream().reduce(Traffic.NONE, Traffic::and));
        while (looks.size() > 1
                && !looks.getFirst().at().isAfter(at.minus(WINDOW))
                && !second().isAfter(at.minus(WINDOW))) {
            looks.removeFirst();
        }
        Look before = looks.isEmpty() ? new Look(at, all) : looks.getFirst();
        double seconds = Duration.between(before.at(), at).toMillis() / 1e3;
        SortedMap<String, Rates> rates = new TreeMap<>();
        all.forEach((service, now) ->
                rates.put(service, rates(before.counts().getOrDefault(service, Traffic.NONE), now, seconds)));
        if (looks.isEmpty() || !looks.getLast().at().plus(APART).isAfter(at)) {
            looks.addLast(new Look(at, all));
        }
        return rates;
    }

    private Instant second() {
        return looks.stream().skip(1).findFirst().orElseThrow().at();
    }

    private static Rates rates(Traffic before, Traffic now, double seconds) {
        if (seconds <= 0) {
            return new Rates(now, 0, 0, Double.NaN, Double.NaN);
        }
        // An endpoint that was opened anew counts from nothing.
        Traffic since = before.arrivals() > now.arrivals() ? Traffic.NONE : before;
        return new Rates(
                now,
                (now.arrivals() - since.arrivals()) / seconds,
                Math.max(0, now.failed() - since.failed()) / seconds,
                now.quantileMillis(since, 0.5),
                now.quantileMillis(since, 0.99));
    }
}
