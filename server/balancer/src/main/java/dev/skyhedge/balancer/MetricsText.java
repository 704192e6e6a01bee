package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Statistics in the Prometheus text format, version 0.0.4. Pure.
public final class MetricsText {
    /// What to answer as `Content-Type`.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final long[] BOUNDS_MILLIS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 300_000
    };

    private final StringBuilder text = new StringBuilder();
    private final Statistics statistics;
    private final String service;

    private MetricsText(Statistics statistics) {
        this.statistics = statistics;
        this.service = "service=\"" + escape(statistics.service()) + "\"";
    }

    /// All series of one balancer, with their `HELP` and `TYPE` lines.
    public static String of(Statistics statistics) {
        var metrics = new MetricsText(statistics);
        metrics.requests();
        metrics.holding();
        metrics.retrying();
        metrics.replicas();
        return metrics.text.toString();
    }

    private void requests() {
        family("requests_total", "counter", "Answers to clients by status code.");
        statistics.codes().forEach((code, count) -> sample("requests_total", "code=\"" + code + "\"", count));
        counter("arrivals_total", "Requests that came in, each once.", statistics.arrivals());
        counter("client_aborts_total", "Requests whose client went away first.", statistics.clientAborts());
        counter("streams_lost_total", "Answers cut after a part was sent.", statistics.broken());
        gauge("requests_in_progress", "Requests not answered yet, held ones included.", statistics.inFlight());
        gauge("routing_table_version", "Version of the routing table in use.", statistics.tableVersion());
        histogram("request_duration_seconds", "From header to last byte.", statistics.durations());
        family("rejected_total", "counter", "Refused requests by reason.");
        statistics
                .rejected()
                .forEach((reason, count) -> sample("rejected_total", "reason=\"" + word(reason) + "\"", count));
    }

    private void holding() {
        gauge("held_requests", "Requests waiting for a replica.", statistics.held());
        histogram("hold_wait_seconds", "How long released requests had waited.", statistics.holdWaits());
    }

    private void retrying() {
        counter("retries_total", "Attempts on another replica.", statistics.retries());
        counter("retry_budget_exhausted_total", "Retries that the budget refused.", statistics.retryBudgetExhausted());
        family("attempt_failures_total", "counter", "Failed attempts by kind.");
        statistics
                .failures()
                .forEach((kind, count) -> sample("attempt_failures_total", "kind=\"" + word(kind) + "\"", count));
    }

    private void replicas() {
        perReplica("inflight_requests", "gauge", "Open attempts.", ReplicaStatistics::inFlight);
        perReplica("replica_requests_total", "counter", "Attempts that began.", ReplicaStatistics::requests);
        perReplica("replica_responses_total", "counter", "Whole answers.", ReplicaStatistics::responses);
        perReplica("replica_failures_total", "counter", "Failed attempts.", ReplicaStatistics::failures);
        perReplica("ejections_total", "counter", "Times taken out of the choice.", ReplicaStatistics::ejections);
        perReplica(
                "breaker_state",
                "gauge",
                "0 closed, 1 half-open, 2 open.",
                r -> r.breaker().ordinal());
    }

    private void perReplica(String name, String type, String help, ToLongFunction<ReplicaStatistics> value) {
        family(name, type, help);
        for (ReplicaStatistics replica : statistics.replicas()) {
            String labels = "replica=\"" + escape(replica.replica()) + "\",generation=\"" + replica.generation() + "\"";
            sample(name, labels, value.applyAsLong(replica));
        }
    }

    private void histogram(String name, String help, Histogram histogram) {
        family(name, "histogram", help);
        for (long millis : BOUNDS_MILLIS) {
            long count = histogram.countUpTo(millis * 1_000_000);
            sample(name + "_bucket", "le=\"" + seconds(millis * 1_000_000) + "\"", count);
        }
        sample(name + "_bucket", "le=\"+Inf\"", histogram.count());
        text.append("skyhedge_").append(name).append("_sum{").append(service).append("} ");
        text.append(seconds(histogram.sumNanos())).append('\n');
        sample(name + "_count", "", histogram.count());
    }

    private void counter(String name, String help, long value) {
        family(name, "counter", help);
        sample(name, "", value);
    }

    private void gauge(String name, String help, long value) {
        family(name, "gauge", help);
        sample(name, "", value);
    }

    private void family(String name, String type, String help) {
        text.append("# HELP skyhedge_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE skyhedge_").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        text.append("skyhedge_").append(name).append('{').append(service);
        if (!labels.isEmpty()) {
            text.append(',').append(labels);
        }
        text.append("} ").append(value).append('\n');
    }

    private static String seconds(long nanos) {
        return Double.toString(nanos / 1e9);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String escape(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
