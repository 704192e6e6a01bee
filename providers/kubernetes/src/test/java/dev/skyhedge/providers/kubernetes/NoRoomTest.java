package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.SmallCluster;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoRoomTest {
    private final KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private List<Instance> observed(Provider provider) {
        return done(provider.observe(KubernetesHarness.LINEAGE)).instances();
    }

    @Test
    void aPodThatFindsNoNodeInTimeIsNoCapacityAndLeavesNothing() {
        harness.cluster().setGpus("l4-spot-a", 1);
        Provider provider = harness.provider();
        done(provider.launch(harness.spot(1)));

        Instant before = harness.clock().instant();
        Failure failure = failure(provider.launch(harness.spot(2)));

        assertThat(failure).isInstanceOf(Failure.NoCapacity.class);
        assertThat(failure.message()).contains("Insufficient nvidia.com/gpu");
        assertThat(((Failure.NoCapacity) failure).scope().covers(harness.spotOffer()))
                .isTrue();
        assertThat(((Failure.NoCapacity) failure).scope().covers(harness.onDemandOffer()))
                .isFalse();
        assertThat(Duration.between(before, harness.clock().instant()))
                .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
        assertThat(observed(provider)).hasSize(1);
        assertThat(harness.cluster().secretNames()).hasSize(1);
    }

    @Test
    void scheduleTimeoutSaysHowLongToWait() {
        harness.cluster().setGpus("l4-spot-a", 0);
        Provider provider = harness.provider(Map.of("schedule_timeout", "20s", "pools", pool("l4", "20s")));
        Instant before = harness.clock().instant();

        assertThat(failure(provider.launch(harness.request(
                        offer("l4", "L4:1", Location.parse("kubernetes/default/default"), Market.SPOT),
                        KubernetesHarness.LINEAGE,
                        1))))
                .isInstanceOf(Failure.NoCapacity.class);
        assertThat(Duration.between(before, harness.clock().instant())).isLessThan(Duration.ofSeconds(40));
    }

    private static Map<String, Object> pool(String name, String nodePool) {
        return Map.of(
                name,
                Map.of(
                        "accelerator", "L4:1",
                        "market", "spot",
                        "node_selector", Map.of("pool", nodePool)));
    }

    @Test
    void aDeclaredPoolWithoutNodesGrowsForThePod() {
        harness.cluster()
                .addOnDemand(SmallCluster.spot(
                                SmallCluster.gpuNode("grown", "us-central1-a", "g2-standard-4", "nvidia-l4", 1))
                        .label("pool", "grown"));
        Provider provider = harness.provider(Map.of("pools", pool("l4-from-zero", "grown")));
        Offer offer = offer("l4-from-zero", "L4:1", Location.parse("kubernetes/default/default"), Market.SPOT);

        Instance made = done(provider.launch(harness.request(offer, KubernetesHarness.LINEAGE, 1)));

        assertThat(harness.cluster().describe(made.id())).contains("\"nodeName\":\"grown-1\"");
    }

    @Test
    void aPoolWhoseLastNodeWentHasNoCapacity() {
        Provider provider = harness.provider();
        done(provider.launch(harness.spot(1)));
        harness.cluster().removeNode("l4-spot-a");
        harness.clock().advance(Duration.ofSeconds(11));

        assertThat(failure(provider.launch(harness.spot(2)))).isInstanceOf(Failure.NoCapacity.class);
    }
}
