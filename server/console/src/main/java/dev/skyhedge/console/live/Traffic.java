package dev.skyhedge.console.live;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What an endpoint has counted since it was opened, read off the balancers' metrics.
///
/// @param arrivals requests that came in
/// @param failed answers with a status of 500 and above, and streams that were cut
/// @param continuations streams that went on from another replica
/// @param retries attempts on another replica
/// @param inProgress requests not answered yet
/// @param held of them those that wait for a replica
/// @param answered requests by how long they took, in the order of the bounds
/// @param boundsSeconds upper bounds, the last one infinite; empty if nothing is known
public record Traffic(
        double arrivals,
        double failed,
        double continuations,
        double retries,
        double inProgress,
        double held,
        List<Long> answered,
        List<Double> boundsSeconds) {
    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, List.of(), List.of());

    private static final int SERVER_ERROR = 500;

    /// By service.
    static SortedMap<String, Traffic> of(List<MetricSnapshots> metrics) {
        SortedMap<String, Traffic> found = new TreeMap<>();
        for (MetricSnapshots part : metrics) {
            for (MetricSnapshot family : part) {
                read(family, found);
            }
        }
        return found;
    }

    private static void read(MetricSnapshot family, SortedMap<String, Traffic> found) {
        String name = family.getMetadata().getName();
        switch (family) {
            case CounterSnapshot counters ->
                counters.getDataPoints().forEach(point -> add(found, name, point.getLabels(), point.getValue()));
            case GaugeSnapshot gauges ->
                gauges.getDataPoints().forEach(point -> add(found, name, point.getLabels(), point.getValue()));
            case HistogramSnapshot histograms
            when name.equals("skyhedge_request_duration_seconds") ->
                histograms
                        .getDataPoints()
                        .forEach(point -> put(
                                found,
                                service(point.getLabels()),
                                before(found, point.getLabels()).answered(point.getClassicBuckets())));
            default -> {}
        }
    }

    private static void add(SortedMap<String, Traffic> found, String name, Labels labels, double value) {
        Traffic was = before(found, labels);
        Traffic is = switch (name) {
            case "skyhedge_arrivals" -> was.plus(value, 0, 0, 0, 0, 0);
            case "skyhedge_requests" -> was.plus(0, isFailure(labels) ? value : 0, 0, 0, 0, 0);
            case "skyhedge_streams_lost" -> was.plus(0, value, 0, 0, 0, 0);
            case "skyhedge_continuations" -> was.plus(0, 0, value, 0, 0, 0);
            case "skyhedge_retries" -> was.plus(0, 0, 0, value, 0, 0);
            case "skyhedge_requests_in_progress" -> was.plus(0, 0, 0, 0, value, 0);
            case "skyhedge_held_requests" -> was.plus(0, 0, 0, 0, 0, value);
            default -> was;
        };
        if (is != was) {
            put(found, service(labels), is);
        }
    }

    private static boolean isFailure(Labels labels) {
        String code = labels.get("code");
        return code != null && code.matches("[0-9]{3}") && Integer.parseInt(code) >= SERVER_ERROR;
    }

    private static Traffic before(SortedMap<String, Traffic> found, Labels labels) {
        return found.getOrDefault(service(labels), NONE);
    }

    private static String service(Labels labels) {
        String service = labels.get("service");
        return service == null ? "" : service;
    }

    private static void put(SortedMap<String, Traffic> found, String service, Traffic traffic) {
        if (!service.isEmpty()) {
            found.put(service, traffic);
        }
    }

    private Traffic plus(double came, double bad, double wentOn, double again, double open, double waiting) {
        return new Traffic(
                arrivals + came,
                failed + bad,
                continuations + wentOn,
                retries + again,
                inProgress + open,
                held + waiting,
                answered,
                boundsSeconds);
    }

    private Traffic answered(ClassicHistogramBuckets buckets) {
        List<Long> counts =
                IntStream.range(0, buckets.size()).mapToObj(buckets::getCount).toList();
        List<Double> bounds = IntStream.range(0, buckets.size())
                .mapToObj(buckets::getUpperBound)
                .toList();
        return new Traffic(arrivals, failed, continuations, retries, inProgress, held, counts, bounds);
    }

    /// Everything of both together; of the same bounds.
    Traffic and(Traffic other) {
        boolean known = answered.size() == other.answered.size();
        List<Long> sums = known
                ? IntStream.range(0, answered.size())
                        .mapToObj(i -> answered.get(i) + other.answered.get(i))
                        .toList()
                : answered.isEmpty() ? other.answered : answered;
        return new Traffic(
                arrivals + other.arrivals,
                failed + other.failed,
                continuations + other.continuations,
                retries + other.retries,
                inProgress + other.inProgress,
                held + other.held,
                sums,
                boundsSeconds.isEmpty() ? other.boundsSeconds : boundsSeconds);
    }

    /// How long that part of the requests took at most which were answered since an earlier look, in milliseconds,
    /// taken to be spread evenly within a bucket. Not a number if there was none.
    ///
    /// @param part from 0 to 1
    double quantileMillis(Traffic earlier, double part) {
        long[] counts = new long[answered.size()];
        long all = 0;
        for (int i = 0; i < counts.length; i++) {
            long before = earlier.answered.size() == counts.length ? earlier.answered.get(i) : 0;
            counts[i] = Math.max(0, answered.get(i) - before);
            all += counts[i];
        }
        if (all == 0) {
            return Double.NaN;
        }
        double rank = part * all;
        double lower = 0;
        for (int i = 0; i < counts.length; i++) {
            double upper = boundsSeconds.get(i);
            if (rank <= counts[i] && counts[i] > 0) {
                return 1e3 * (Double.isInfinite(upper) ? lower : lower + (upper - lower) * rank / counts[i]);
            }
            rank -= counts[i];
            lower = Double.isInfinite(upper) ? lower : upper;
        }
        return lower * 1e3;
    }
}
