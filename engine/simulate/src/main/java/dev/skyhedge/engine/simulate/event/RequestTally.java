package dev.skyhedge.engine.simulate.event;

/// Counts what becomes of requests, and how long they took.
final class RequestTally {
    private final long timeoutNanos;
    private final LatencyHistogram answeredLatency = new LatencyHistogram();
    private final LatencyHistogram allLatency = new LatencyHistogram();
    private long arrived;
    private long answered;
    private long failed;
    private long timedOut;
    private long retried;
    private long held;

    /// @param timeoutNanos after which a client gives up
    RequestTally(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void arrive() {
        arrived++;
    }

    void hold() {
        held++;
    }

    void retry() {
        retried++;
    }

    /// An answer that comes later than the timeout was on its way back when the client gave up.
    void answer(long latencyNanos) {
        if (latencyNanos > timeoutNanos) {
            timeOut();
            return;
        }
        answered++;
        answeredLatency.add(latencyNanos);
        allLatency.add(latencyNanos);
    }

    void timeOut() {
        timedOut++;
        allLatency.add(timeoutNanos);
    }

    void fail() {
        failed++;
        allLatency.add(timeoutNanos);
    }

    long arrived() {
        return arrived;
    }

    RequestCounts counts() {
        long inProgress = arrived - answered - failed - timedOut;
        return new RequestCounts(arrived, answered, failed, timedOut, inProgress, retried, held);
    }

    LatencyHistogram answeredLatency() {
        return answeredLatency;
    }

    /// With what was not answered counted as the timeout.
    LatencyHistogram allLatency() {
        return allLatency;
    }
}
