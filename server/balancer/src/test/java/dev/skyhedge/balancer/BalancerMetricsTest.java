package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BalancerMetricsTest {
    private static Map<String, Double> values(Balancer... balancers) {
        MetricSnapshots metrics = BalancerMetrics.of(
                List.of(balancers).stream().map(Balancer::statistics).toList());
        Map<String, Double> values = new TreeMap<>();
        metrics.forEach(family -> family.getDataPoints()
                .forEach(point -> values.put(
                        family.getMetadata().getName().replace("skyhedge_", "")
                                + point.getLabels().stream()
                                        .map(label -> label.getName() + "=" + label.getValue())
                                        .collect(Collectors.joining(",", "{", "}")),
                        value(point))));
        return values;
    }

    /// Of a histogram the count.
    private static double value(DataPointSnapshot point) {
        return switch (point) {
            case CounterDataPointSnapshot counter -> counter.getValue();
            case GaugeDataPointSnapshot gauge -> gauge.getValue();
            case HistogramDataPointSnapshot histogram ->
                histogram.getClassicBuckets().stream()
                        .mapToLong(bucket -> bucket.getCount())
                        .sum();
            default -> throw new AssertionError(point);
        };
    }

    @Test
    void exportsWhatWasCounted() throws Exception {
        try (var bed = new TestBed()) {
            bed.route(bed.replicaAnswering("ok").target("a\"b"));
            await(bed.get("/"));
            bed.assertAtRest();

            assertThat(values(bed.balancer))
                    .containsEntry("requests{code=200,service=chat}", 1.0)
                    .containsEntry("inflight_requests{generation=1,replica=a\"b,service=chat}", 0.0)
                    .containsEntry("ejections{generation=1,reason=error_share,replica=a\"b,service=chat}", 0.0)
                    .containsEntry("request_duration_seconds{service=chat}", 1.0)
                    .containsEntry("routing_table_version{service=chat}", 1.0);
        }
    }

    @Test
    void namesEachFamilyOnceForSeveralServices() throws Exception {
        try (var chat = new TestBed();
                var embed = new TestBed()) {
            chat.route(chat.replicaAnswering("ok").target("a"));
            embed.balancer.route(
                    RoutingTable.of(3, "embed", embed.replicaAnswering("ok").target("b")));

            assertThat(values(chat.balancer, embed.balancer))
                    .containsEntry("routing_table_version{service=chat}", 1.0)
                    .containsEntry("routing_table_version{service=embed}", 3.0)
                    .containsEntry("request_duration_seconds{service=embed}", 0.0)
                    .containsEntry("breaker_state{generation=1,replica=b,service=embed}", 0.0);
        }
    }

    @Test
    void balancersThatDoNotKnowTheirServiceYetAreCountedTogether() throws Exception {
        try (var one = new TestBed();
                var other = new TestBed()) {
            assertThat(values(one.balancer, other.balancer)).containsEntry("held_requests{service=}", 0.0);
        }
    }
}
