package dev.skyhedge.load;

import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what happens to requests, for the run and for the current second. Thread-safe.
final class Tally {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final TreeMap<String, Long> errors = new TreeMap<>();
    private Latencies latenciesOfSecond = new Latencies();
    private long sent;
    private long succeeded;
    private long hungUp;
    private long completedOfSecond;
    private long errorsOfSecond;
    private long lastNanos;

    synchronized void sent() {
        sent++;
        inFlight.incrementAndGet();
    }

    synchronized void notSent() {
        errors.merge(ErrorKind.NOT_SENT, 1L, Long::sum);
        errorsOfSecond++;
    }

    synchronized void succeeded(long dueNanos, long nowNanos) {
        succeeded++;
        latencies.add(nowNanos - dueNanos);
        latenciesOfSecond.add(nowNanos - dueNanos);
        completed(nowNanos);
    }

    synchronized void hungUp(long nowNanos) {
        hungUp++;
        completed(nowNanos);
    }

    synchronized void failed(String kind, long nowNanos) {
        errors.merge(kind, 1L, Long::sum);
        errorsOfSecond++;
        completed(nowNanos);
    }

    private void completed(long nowNanos) {
        completedOfSecond++;
        lastNanos = Math.max(lastNanos, nowNanos);
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    /// Ends the current second.
    synchronized LoadSample sample(Duration elapsed) {
        LoadSample sample =
                new LoadSample(elapsed, completedOfSecond, errorsOfSecond, inFlight.get(), latenciesOfSecond.summary());
        latenciesOfSecond = new Latencies();
        completedOfSecond = 0;
        errorsOfSecond = 0;
        return sample;
    }

    synchronized LoadReport report() {
        return new LoadReport(
                Duration.ofNanos(lastNanos), sent, succeeded, hungUp, errors, inFlight.get(), latencies.summary());
    }
}
