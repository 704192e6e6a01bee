package dev.skyhedge.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counters of a server, in the text format of Prometheus. Thread-safe.
final class ServerMetrics {
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

    String text(int queued, boolean ready) {
        StringBuilder text = new StringBuilder();
        type(text, "requests_total", "counter");
        requests.forEach((status, count) -> line(text, "requests_total{status=\"" + status + "\"}", count.sum()));
        type(text, "request_seconds_total", "counter");
        line(text, "request_seconds_total", requestNanos.sum() / 1e9);
        type(text, "inputs_total", "counter");
        line(text, "inputs_total", inputs.sum());
        type(text, "tokens_total", "counter");
        line(text, "tokens_total", tokens.sum());
        type(text, "requests_in_flight", "gauge");
        line(text, "requests_in_flight", inFlight.get());
        type(text, "requests_queued", "gauge");
        line(text, "requests_queued", queued);
        type(text, "ready", "gauge");
        line(text, "ready", ready ? 1 : 0);
        return text.toString();
    }

    private static void type(StringBuilder text, String name, String type) {
        text.append("# TYPE model_server_")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static void line(StringBuilder text, String name, Number value) {
        text.append("model_server_").append(name).append(' ').append(value).append('\n');
    }
}
