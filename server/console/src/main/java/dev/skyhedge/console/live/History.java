package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the figures of each service were over the last hours, at a coarse step, so that a page that is opened does not
/// begin with empty charts. At most 64 services times 1,440 points of ten figures are kept: 8 MiB. Thread-safe.
public final class History {
    /// The figures of a point, as the page has them under the same names in `now`.
    static final List<String> FIGURES = List.of(
            "wanted",
            "ready",
            "spot",
            "on_demand",
            "usd_per_hour",
            "all_on_demand_usd_per_hour",
            "requests_per_second",
            "failures_per_second",
            "p50_ms",
            "p99_ms");

    static final Duration STEP = Duration.ofSeconds(15);
    static final int POINTS = 1_440;
    static final int MAX_SERVICES = 64;

    private final Map<String, Series> series = new HashMap<>();

    private static final class Series {
        private final long[] seconds = new long[POINTS];
        private final double[][] figures = new double[FIGURES.size()][POINTS];
        private int next;
        private int size;

        boolean isDue(Instant at) {
            int newest = Math.floorMod(next - 1, POINTS);
            return size == 0 || at.getEpochSecond() - seconds[newest] >= STEP.toSeconds();
        }

        void add(Instant at, JsonNode now) {
            seconds[next] = at.getEpochSecond();
            for (int i = 0; i < figures.length; i++) {
                figures[i][next] = now.path(FIGURES.get(i)).asDouble(Double.NaN);
            }
            next = (next + 1) % POINTS;
            size = Math.min(POINTS, size + 1);
        }
    }

    /// Takes figures of a service if the last ones are old enough; the empty name is for all.
    synchronized void add(String service, Instant at, JsonNode now) {
        Series ofService = series.get(service);
        if (ofService == null) {
            if (series.size() >= MAX_SERVICES) {
                return;
            }
            ofService = new Series();
            series.put(service, ofService);
        }
        if (ofService.isDue(at)) {
            ofService.add(at, now);
        }
    }

    /// Forgets services that are not there any more.
    synchronized void keep(List<String> services) {
        series.keySet().removeIf(name -> !name.isEmpty() && !services.contains(name));
    }

    /// Columns of figures, oldest first; `t` is seconds since 1970. What was not known is null.
    public synchronized ObjectNode of(String service) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("service", service).put("step_seconds", STEP.toSeconds());
        Series found = series.getOrDefault(service, new Series());
        int begin = Math.floorMod(found.next - found.size, POINTS);
        ArrayNode seconds = node.putArray("t");
        for (int i = 0; i < found.size; i++) {
            seconds.add(found.seconds[(begin + i) % POINTS]);
        }
        for (int figure = 0; figure < FIGURES.size(); figure++) {
            ArrayNode column = node.putArray(FIGURES.get(figure));
            for (int i = 0; i < found.size; i++) {
                double value = found.figures[figure][(begin + i) % POINTS];
                if (Double.isNaN(value)) {
                    column.addNull();
                } else {
                    column.add(value);
                }
            }
        }
        return node;
    }
}
