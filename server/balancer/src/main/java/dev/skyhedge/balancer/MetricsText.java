package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/// Statistics in the Prometheus text format, version 0.0.4. Pure.
public final class MetricsText {
    /// What to answer as `Content-Type`.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final long[] BOUNDS_MILLIS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 300_000
    };

    private final StringBuilder text = new StringBuilder();
    private final List<Statistics> services;

    private MetricsText(Collection<Statistics> services) {
        this.services = List.copyOf(services);
    }

    /// All series of one balancer, with their `HELP` and `TYPE` lines.
    public static String of(Statistics statistics) {
        return of(List.of(statistics));
    }

    /// All series of several balancers in one exposition: each metric family once, with its services in the given
    /// order. Their service names should differ.
    public static String of(Collection<Statistics> services) {
        var metrics = new MetricsText(services);
        metrics.requests();
        metrics.holding();
        metrics.retrying();
        metrics.replicas();
        return metrics.text.toString();
    }

    private void requests() {
        counted("requests_total", "Answers to clients by status code.", "code", Statistics::codes, String::valueOf);
        counter("arrivals_total", "Requests that came in, each once.", Statistics::arrivals);
        counter("client_aborts_total", "Requests whose client went away first.", Statistics::clientAborts);
        counter("streams_lost_total", "Answers cut after a part was sent.", Statistics::broken);
        gauge("requests_in_progress", "Requests not answered yet, held ones included.", Statistics::inFlight);
        gauge("routing_table_version", "Version of the routing table in use.", Statistics::tableVersion);
        histogram("request_duration_seconds", "From header to last byte.", Statistics::durations);
        counted("rejected_total", "Refused requests by reason.", "reason", Statistics::rejected, MetricsText::word);
    }

    private void holding() {
        gauge("held_requests", "Requests waiting for a replica.", Statistics::held);
        histogram("hold_wait_seconds", "How long released requests had waited.", Statistics::holdWaits);
    }

    private void retrying() {
        counter("retries_total", "Attempts on another replica.", Statistics::retries);
        counter("retry_budget_exhausted_total", "Retries that the budget refused.", Statistics::retryBudgetExhausted);
        counted("attempt_failures_total", "Failed attempts by kind.", "kind", Statistics::failures, MetricsText::word);
    }

    private void replicas() {
        perReplica("inflight_requests", "gauge", "Open attempts.", ReplicaStatistics::inFlight);
        perReplica("replica_requests_total", "counter", "Attempts that began.", ReplicaStatistics::requests);
        perReplica("replica_responses_total", "counter", "Whole answers.", ReplicaStatistics::responses);
        perReplica("replica_failures_total", "counter", "Failed attempts.", ReplicaStatistics::failures);
        ejections();
        perReplica(
                "breaker_state",
                "gauge",
                "0 closed, 1 half-open, 2 open.",
                r -> r.breaker().ordinal());
    }

    private void ejections() {
        perReplicaAndReason(
                "ejections_total",
                "counter",
                "Times taken out of the choice by reason.",
                (replica, reason) -> replica.ejections().getOrDefault(reason, 0L));
        perReplicaAndReason(
                "replica_ejected",
                "gauge",
                "1 while out of the choice for this reason.",
                (replica, reason) -> replica.ejected().equals(Optional.of(reason)) ? 1 : 0);
    }

    private void perReplicaAndReason(
            String name, String type, String help, ToLongBiFunction<ReplicaStatistics, Ejection> value) {
        family(name, type, help);
        for (Statistics service : services) {
            for (ReplicaStatistics replica : service.replicas()) {
                for (Ejection reason : Ejection.values()) {
                    String labels = labels(replica) + ",reason=\"" + word(reason) + "\"";
                    sample(service, name, labels, Long.toString(value.applyAsLong(replica, reason)));
                }
            }
        }
    }

    private void perReplica(String name, String type, String help, ToLongFunction<ReplicaStatistics> value) {
        family(name, type, help);
        for (Statistics service : services) {
            for (ReplicaStatistics replica : service.replicas()) {
                sample(service, name, labels(replica), Long.toString(value.applyAsLong(replica)));
            }
        }
    }

    private static String labels(ReplicaStatistics replica) {
        return "replica=\"" + escape(replica.replica()) + "\",generation=\"" + replica.generation() + "\"";
    }

    private <K> void counted(
            String name,
            String help,
            String label,
            Function<Statistics, SortedMap<K, Long>> counts,
            Function<K, String> word) {
        family(name, "counter", help);
        for (Statistics service : services) {
            counts.apply(service)
                    .forEach((key, count) ->
                            sample(service, name, label + "=\"" + word.apply(key) + "\"", Long.toString(count)));
        }
    }

    private void histogram(String name, String help, Function<Statistics, Histogram> values) {
        family(name, "histogram", help);
        for (Statistics service : services) {
            Histogram histogram = values.apply(service);
            for (long millis : BOUNDS_MILLIS) {
                long count = histogram.countUpTo(millis * 1_000_000);
                sample(service, name + "_bucket", "le=\"" + seconds(millis * 1_000_000) + "\"", Long.toString(count));
            }
            String count = Long.toString(histogram.count());
            sample(service, name + "_bucket", "le=\"+Inf\"", count);
            sample(service, name + "_sum", "", seconds(histogram.sumNanos()));
            sample(service, name + "_count", "", count);
        }
    }

    private void counter(String name, String help, ToLongFunction<Statistics> value) {
        single(name, "counter", help, value);
    }

    private void gauge(String name, String help, ToLongFunction<Statistics> value) {
        single(name, "gauge", help, value);
    }

    private void single(String name, String type, String help, ToLongFunction<Statistics> value) {
        family(name, type, help);
        services.forEach(service -> sample(service, name, "", Long.toString(value.applyAsLong(service))));
    }

    private void family(String name, String type, String help) {
        text.append("# HELP skyhedge_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE skyhedge_").append(name).append(' ').append(type).append('\n');
    }

    private void sample(Statistics service, String name, String labels, String value) {
        text.append("skyhedge_").append(name).append("{service=\"").append(escape(service.service()));
        text.append('"');
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
