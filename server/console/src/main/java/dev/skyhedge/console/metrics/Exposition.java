package dev.skyhedge.console.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects metrics for the client library of Prometheus, which writes them. All names begin with `skyhedge_`.
/// Not thread-safe.
public final class Exposition {
    /// What to answer as `Content-Type`.
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final String PREFIX = "skyhedge_";
    private static final double MICROS = 1e6;

    private final MetricSnapshots.Builder families = MetricSnapshots.builder();

    Exposition() {}

    /// All of them in the text format of Prometheus, version 0.0.4. A family that several have is there once, with the
    /// `HELP` of the first and the samples of all; they must not share series.
    public static String text(List<MetricSnapshots> parts) {
        Map<String, MetricSnapshot> families = new LinkedHashMap<>();
        for (MetricSnapshots part : parts) {
            part.forEach(
                    family -> families.merge(family.getMetadata().getPrometheusName(), family, Exposition::joined));
        }
        var text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(families.values()));
        } catch (IOException e) {
            throw new UncheckedIOException("To memory", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static MetricSnapshot joined(MetricSnapshot one, MetricSnapshot other) {
        return switch (one) {
            case CounterSnapshot counters
            when other instanceof CounterSnapshot more ->
                new CounterSnapshot(one.getMetadata(), both(counters.getDataPoints(), more.getDataPoints()));
            case GaugeSnapshot gauges
            when other instanceof GaugeSnapshot more ->
                new GaugeSnapshot(one.getMetadata(), both(gauges.getDataPoints(), more.getDataPoints()));
            case HistogramSnapshot histograms
            when other instanceof HistogramSnapshot more ->
                new HistogramSnapshot(one.getMetadata(), both(histograms.getDataPoints(), more.getDataPoints()));
            default ->
                throw new IllegalArgumentException(one.getMetadata().getName() + " is both a "
                        + one.getClass().getSimpleName() + " and a "
                        + other.getClass().getSimpleName());
        };
    }

    private static <P extends DataPointSnapshot> Collection<P> both(List<P> one, List<P> other) {
        Map<Labels, P> points = new LinkedHashMap<>();
        one.forEach(point -> points.put(point.getLabels(), point));
        other.forEach(point -> points.putIfAbsent(point.getLabels(), point));
        return points.values();
    }

    void gauge(String name, String help, Map<Labels, ? extends Number> values) {
        var gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
        values.forEach((labels, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value.doubleValue())
                .build()));
        families.metricSnapshot(gauge.build());
    }

    void gauge(String name, String help, long value) {
        gauge(name, help, Map.of(Labels.EMPTY, value));
    }

    /// A gauge that is 1 for what is there.
    ///
    /// @param name ends in `_info`
    void info(String name, String help, Collection<Labels> values) {
        var info = InfoSnapshot.builder().name(familyName(name)).help(help);
        values.forEach(labels ->
                info.dataPoint(InfoDataPointSnapshot.builder().labels(labels).build()));
        families.metricSnapshot(info.build());
    }

    /// @param name ends in `_total`
    void counter(String name, String help, Map<Labels, Long> values) {
        counter(name, help, values, 1);
    }

    /// @param name ends in `_usd_total`
    /// @param microDollars written as USD
    void dollars(String name, String help, Map<Labels, Long> microDollars) {
        counter(name, help, microDollars, MICROS);
    }

    private void counter(String name, String help, Map<Labels, Long> values, double unit) {
        var counter = CounterSnapshot.builder().name(familyName(name)).help(help);
        values.forEach((labels, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value / unit)
                .build()));
        families.metricSnapshot(counter.build());
    }

    /// @param name ends in `_seconds`
    void histogram(String name, String help, DurationHistogram histogram) {
        families.metricSnapshot(HistogramSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(histogram.dataPoint())
                .build());
    }

    /// The library adds what `_total` and `_info` say itself.
    private static String familyName(String name) {
        return PrometheusNaming.sanitizeMetricName(PREFIX + name);
    }

    MetricSnapshots snapshots() {
        return families.build();
    }
}
