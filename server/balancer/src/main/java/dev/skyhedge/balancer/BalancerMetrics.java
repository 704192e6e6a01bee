package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import dev.skyhedge.balancer.keys.KeyLimit;
import dev.skyhedge.balancer.keys.KeyStatistics;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/// Statistics as metrics of Prometheus' client library. What is counted is the balancer's own, without locks; this only
/// reads it. Pure.
public final class BalancerMetrics {
    private static final long[] BOUNDS_MILLIS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 300_000
    };
    private static final double[] BOUNDS_SECONDS = boundsSeconds();

    private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();
    private final List<Statistics> services;

    private BalancerMetrics(Collection<Statistics> services) {
        this.services = List.copyOf(services);
    }

    /// All series of several balancers. Their service names should differ; counts of the same series are added up.
    public static MetricSnapshots of(Collection<Statistics> services) {
        var metrics = new BalancerMetrics(services);
        metrics.requests();
        metrics.holding();
        metrics.retrying();
        metrics.continuing();
        metrics.prefixes();
        metrics.replicas();
        metrics.keys();
        return metrics.metrics.build();
    }

    private void requests() {
        counted("requests_total", "Answers to clients by status code.", "code", Statistics::codes, String::valueOf);
        counter("arrivals_total", "Requests that came in, each once.", single(Statistics::arrivals));
        counter("client_aborts_total", "Requests whose client went away first.", single(Statistics::clientAborts));
        counter("streams_lost_total", "Answers cut after a part was sent.", single(Statistics::broken));
        gauge("requests_in_progress", "Requests not answered yet, held ones included.", single(Statistics::inFlight));
        gauge("routing_table_version", "Version of the routing table in use.", single(Statistics::tableVersion));
        histogram("request_duration_seconds", "From header to last byte.", Statistics::durations);
        counted("rejected_total", "Refused requests by reason.", "reason", Statistics::rejected, BalancerMetrics::word);
    }

    private void holding() {
        gauge("held_requests", "Requests waiting for a replica.", single(Statistics::held));
        histogram("hold_wait_seconds", "How long released requests had waited.", Statistics::holdWaits);
    }

    private void retrying() {
        counter("retries_total", "Attempts on another replica.", single(Statistics::retries));
        counter(
                "retry_budget_exhausted_total",
                "Retries that the budget refused.",
                single(Statistics::retryBudgetExhausted));
        counted(
                "attempt_failures_total",
                "Failed attempts by kind.",
                "kind",
                Statistics::failures,
                BalancerMetrics::word);
    }

    private void continuing() {
        counted(
                "continuations_total",
                "Streams that went on from another replica, by how well.",
                "level",
                service -> service.continuations().resumes(),
                BalancerMetrics::word);
        counter(
                "continuation_repeated_tokens_total",
                "Tokens read or generated once more for that, as far as engines tell them.",
                single(service -> service.continuations().repeatedTokens()));
    }

    private void prefixes() {
        counter(
                "prefix_blocks_total",
                "Blocks of prompts that replicas were chosen for.",
                single(service -> service.prefixes().blocks()));
        counter(
                "prefix_hit_blocks_total",
                "Those of them that the replica had been given before.",
                single(service -> service.prefixes().hits()));
    }

    private void replicas() {
        gauge("inflight_requests", "Open attempts.", perReplica(ReplicaStatistics::inFlight));
        counter("replica_requests_total", "Attempts that began.", perReplica(ReplicaStatistics::requests));
        counter("replica_responses_total", "Whole answers.", perReplica(ReplicaStatistics::responses));
        counter("replica_failures_total", "Failed attempts.", perReplica(ReplicaStatistics::failures));
        counter(
                "ejections_total",
                "Times taken out of the choice by reason.",
                perReason((replica, reason) -> replica.ejections().getOrDefault(reason, 0L)));
        gauge(
                "replica_ejected",
                "1 while out of the choice for this reason.",
                perReason((replica, reason) -> replica.ejected().equals(Optional.of(reason)) ? 1 : 0));
        gauge(
                "breaker_state",
                "0 closed, 1 half-open, 2 open.",
                perReplica(replica -> replica.breaker().ordinal()));
    }

    private void keys() {
        if (services.stream().allMatch(service -> service.keys().isEmpty())) {
            return;
        }
        gauge("key_requests_in_progress", "Requests of a key not answered yet.", perKey(KeyStatistics::inFlight));
        counter("key_requests_total", "Requests of a key that were let in.", perKey(KeyStatistics::requests));
        counter(
                "key_prompt_tokens_total",
                "Tokens of prompts, as far as answers told.",
                perKey(KeyStatistics::promptTokens));
        counter(
                "key_completion_tokens_total",
                "Tokens of completions, as far as answers told.",
                perKey(KeyStatistics::completionTokens));
        Map<Labels, Long> refused = new LinkedHashMap<>();
        for (KeyLimit limit : KeyLimit.values()) {
            perKey(key -> key.refused().getOrDefault(limit, 0L))
                    .forEach((labels, count) -> refused.put(labels.add("limit", word(limit)), count));
        }
        counter("key_refused_total", "Requests of a key that were not let in, by what was used up.", refused);
    }

    private Map<Labels, Long> perKey(ToLongFunction<KeyStatistics> value) {
        Map<Labels, Long> series = new LinkedHashMap<>();
        for (Statistics service : services) {
            service.keys()
                    .forEach(key ->
                            series.merge(labels(service).add("key", key.key()), value.applyAsLong(key), Long::sum));
        }
        return series;
    }

    private Map<Labels, Long> single(ToLongFunction<Statistics> value) {
        Map<Labels, Long> series = new LinkedHashMap<>();
        services.forEach(service -> series.merge(labels(service), value.applyAsLong(service), Long::sum));
        return series;
    }

    private Map<Labels, Long> perReplica(ToLongFunction<ReplicaStatistics> value) {
        Map<Labels, Long> series = new LinkedHashMap<>();
        for (Statistics service : services) {
            service.replicas()
                    .forEach(replica -> series.merge(labels(service, replica), value.applyAsLong(replica), Long::sum));
        }
        return series;
    }

    private Map<Labels, Long> perReason(ToLongBiFunction<ReplicaStatistics, Ejection> value) {
        Map<Labels, Long> series = new LinkedHashMap<>();
        for (Ejection reason : Ejection.values()) {
            perReplica(replica -> value.applyAsLong(replica, reason))
                    .forEach((labels, count) -> series.put(labels.add("reason", word(reason)), count));
        }
        return series;
    }

    private <K> void counted(
            String name,
            String help,
            String label,
            Function<Statistics, SortedMap<K, Long>> counts,
            Function<K, String> word) {
        Map<Labels, Long> series = new LinkedHashMap<>();
        for (Statistics service : services) {
            counts.apply(service)
                    .forEach((key, count) ->
                            series.merge(labels(service).add(label, word.apply(key)), count, Long::sum));
        }
        counter(name, help, series);
    }

    private void counter(String name, String help, Map<Labels, Long> series) {
        var counter = CounterSnapshot.builder().name(familyName(name)).help(help);
        series.forEach((labels, value) -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        metrics.metricSnapshot(counter.build());
    }

    private void gauge(String name, String help, Map<Labels, Long> series) {
        var gauge = GaugeSnapshot.builder().name(familyName(name)).help(help);
        series.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        metrics.metricSnapshot(gauge.build());
    }

    private void histogram(String name, String help, Function<Statistics, Histogram> values) {
        Map<Labels, Histogram> series = new LinkedHashMap<>();
        services.forEach(service -> series.put(labels(service), values.apply(service)));
        var histogram = HistogramSnapshot.builder().name(familyName(name)).help(help);
        series.forEach((labels, value) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS_SECONDS, countsBetweenBounds(value)))
                .sum(value.sumNanos() / 1e9)
                .build()));
        metrics.metricSnapshot(histogram.build());
    }

    private static long[] countsBetweenBounds(Histogram histogram) {
        long[] counts = new long[BOUNDS_SECONDS.length];
        long below = 0;
        for (int i = 0; i < BOUNDS_MILLIS.length; i++) {
            long upTo = histogram.countUpTo(BOUNDS_MILLIS[i] * 1_000_000);
            counts[i] = upTo - below;
            below = upTo;
        }
        counts[BOUNDS_MILLIS.length] = histogram.count() - below;
        return counts;
    }

    private static double[] boundsSeconds() {
        double[] seconds = new double[BOUNDS_MILLIS.length + 1];
        Arrays.setAll(seconds, i -> i < BOUNDS_MILLIS.length ? BOUNDS_MILLIS[i] / 1e3 : Double.POSITIVE_INFINITY);
        return seconds;
    }

    private static Labels labels(Statistics service) {
        return Labels.of("service", service.service());
    }

    private static Labels labels(Statistics service, ReplicaStatistics replica) {
        return Labels.of(
                "service", service.service(),
                "replica", replica.replica(),
                "generation", Long.toString(replica.generation()));
    }

    /// The library adds `_total` itself.
    private static String familyName(String name) {
        return PrometheusNaming.sanitizeMetricName("skyhedge_" + name);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
