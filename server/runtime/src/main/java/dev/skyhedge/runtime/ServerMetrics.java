package dev.skyhedge.runtime;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counters of a server. They are ours, so that Prometheus' client library is loaded when somebody asks, not at start.
/// Thread-safe.
final class ServerMetrics {
    private static final String PREFIX = "model_server_";

    private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder requestNanos = new LongAdder();
    private final LongAdder inputs = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    void started() {
        inFlight.incrementAndGet();
    }

    void finished(int status, long nanos) {
        requests.computeIfAbsent(status, _ -> new LongAdder()).increment();
        requestNanos.add(nanos);
        inFlight.decrementAndGet();
    }

    void embedded(int inputCount, long tokenCount) {
        inputs.add(inputCount);
        tokens.add(tokenCount);
    }

    int inFlight() {
        return inFlight.get();
    }

    /// All of them in the text format of Prometheus, version 0.0.4.
    String text(int queued, boolean ready) {
        MetricSnapshots metrics = MetricSnapshots.of(
                requests(),
                counter("request_seconds", requestNanos.sum() / 1e9),
                counter("inputs", inputs.sum()),
                counter("tokens", tokens.sum()),
                gauge("requests_in_flight", inFlight.get()),
                gauge("requests_queued", queued),
                gauge("ready", ready ? 1 : 0));
        var text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException("To memory", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private MetricSnapshot requests() {
        var counter = CounterSnapshot.builder().name(PREFIX + "requests");
        requests.forEach((status, count) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("status", Integer.toString(status)))
                .value(count.sum())
                .build()));
        return counter.build();
    }

    /// @param name to which the library adds `_total`
    private static MetricSnapshot counter(String name, double value) {
        return CounterSnapshot.builder()
                .name(PREFIX + name)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot gauge(String name, double value) {
        return GaugeSnapshot.builder()
                .name(PREFIX + name)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
