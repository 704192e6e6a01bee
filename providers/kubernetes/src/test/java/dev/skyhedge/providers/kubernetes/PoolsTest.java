package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.FakeNode;
import dev.skyhedge.providers.kubernetes.pool.AcceleratorNames;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Provider;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolsTest {
    private final KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private static OfferList list(Provider provider, String... accelerators) {
        return done(provider.offers(new OfferQuery(
                List.of(LocationPattern.parse("*")),
                List.of(accelerators).stream().map(Accelerator::parse).toList())));
    }

    private static List<String> words(OfferList list) {
        return list.offers().stream()
                .map(offer -> offer.location().zone() + " " + offer.instanceType() + " " + offer.accelerator() + " "
                        + offer.market().word() + " " + offer.price())
                .toList();
    }

    @Test
    void nodesAreOfferedInPartsAndWhole() {
        assertThat(list(harness.provider()).offers().stream()
                        .filter(offer ->
                                offer.location().zone().equals("us-central1-a") && offer.market() == Market.SPOT)
                        .map(Offer::instanceType))
                .containsExactly("g2-standard-96:1", "g2-standard-96:2", "g2-standard-96:4", "g2-standard-96:8");
    }

    @Test
    void nodesWithoutGpusAreOfferedByTheCore() {
        assertThat(words(list(harness.provider(), "CPU:2")))
                .containsExactly("us-central1-a e2-standard-4:2 CPU:2 on_demand $0.00/h");
    }

    @Test
    void pricesOfTheSettingsCountByTheCard() {
        Provider provider = harness.provider(Map.of(
                "prices", Map.of("L4", Map.of("spot", new BigDecimal("0.28"), "on_demand", new BigDecimal("0.71")))));

        assertThat(words(list(provider, "L4:2")))
                .containsExactly(
                        "us-central1-a g2-standard-96:2 L4:2 on_demand $1.42/h",
                        "us-central1-a g2-standard-96:2 L4:2 spot $0.56/h",
                        "us-central1-b g2-standard-96:2 L4:2 on_demand $1.42/h",
                        "us-central1-b g2-standard-96:2 L4:2 spot $0.56/h");
    }

    @Test
    void whatHasNoPriceSaysSo() {
        assertThat(list(harness.provider(), "L4:1").sources())
                .singleElement()
                .satisfies(source -> assertThat(source.source()).contains("no price in the settings"));
    }

    @Test
    void offersAreAsLargeAsTheLargestNodeOfTheirPool() {
        var shapes = list(harness.provider()).shapes();

        assertThat(shapes.get("g2-standard-96:1")).isEqualTo(new MachineShape(7, 30 * 1024));
        assertThat(shapes.get("e2-standard-4:1")).isEqualTo(new MachineShape(3, 30 * 1024));
    }

    @Test
    void aPoolWithoutNodesMayBeOfAnySize() {
        var shapes = list(harness.provider(Map.of(
                        "pools",
                        Map.of("later", Map.of("accelerator", "H100:8", "node_selector", Map.of("pool", "later"))))))
                .shapes();

        assertThat(shapes)
                .hasEntrySatisfying("later", shape -> assertThat(shape.vcpus()).isGreaterThan(1000));
    }

    @Test
    void cordonedNodesAreNotOffered() {
        harness.cluster().cordon("l4-spot-a");

        assertThat(words(list(harness.provider(), "L4:1")))
                .noneMatch(one -> one.contains("us-central1-a g2-standard-96:1 L4:1 spot"));
    }

    @Test
    void nodesKeptForOthersAreOfferedOnlyToThoseWhoTolerateThat() {
        harness.cluster().add(KubernetesHarness.t4("t4", "us-central1-a").taint("dedicated=vision:NoSchedule"));

        assertThat(list(harness.provider(), "T4:1").offers()).isEmpty();
        assertThat(list(harness.provider(Map.of("tolerations", List.of("dedicated=vision:NoSchedule"))), "T4:1")
                        .offers())
                .hasSize(1);
    }

    @Test
    void aDeclaredPoolNamesItsNodesAndTheirPrice() {
        harness.cluster().add(KubernetesHarness.t4("t4", "us-central1-a").label("team", "vision"));
        Provider provider = harness.provider(Map.of(
                "pools",
                Map.of(
                        "vision",
                        Map.of(
                                "accelerator",
                                "T4:1",
                                "node_selector",
                                Map.of("team", "vision"),
                                "locations",
                                List.of("us-central1/us-central1-a"),
                                "price",
                                new BigDecimal("0.35")))));

        assertThat(words(list(provider, "T4:1"))).containsExactly("us-central1-a vision T4:1 on_demand $0.35/h");
    }

    @Test
    void withoutDiscoveryOnlyDeclaredPoolsAreOffered() {
        Provider provider = harness.provider(Map.of(
                "discover",
                false,
                "pools",
                Map.of("l4", Map.of("accelerator", "L4", "node_selector", Map.of("pool", "l4")))));

        assertThat(words(list(provider))).containsExactly("default l4 L4:1 on_demand $0.00/h");
        assertThat(harness.server().calls()).isEmpty();
    }

    @Test
    void whoMayNotSeeNodesStillHasDeclaredPools() {
        harness.server().forbid("list nodes");
        Provider provider = harness.provider(Map.of(
                "pools", Map.of("l4", Map.of("accelerator", "L4", "node_selector", Map.of("pool", "l4")))));

        assertThat(list(provider).offers()).hasSize(1);
        assertThat(list(provider).unreachable()).isEmpty();
        assertThat(failure(harness.provider().offers(new OfferQuery(List.of(LocationPattern.parse("*")), List.of()))))
                .isInstanceOf(Failure.Denied.class);
    }

    @Test
    void aNodeThatSaysNothingIsInAPlaceThatIsNotSaid() {
        harness.cluster().add(new FakeNode("bare", 3, 0));

        assertThat(words(list(harness.provider(), "CPU:2"))).contains("default node:2 CPU:2 on_demand $0.00/h");
    }

    @Test
    void sizesArePowersOfTwoAndTheWhole() {
        assertThat(LivePools.sizes(6)).containsExactly(1, 2, 4, 6);
        assertThat(LivePools.sizes(8)).containsExactly(1, 2, 4, 8);
        assertThat(LivePools.sizes(0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eks.amazonaws.com/capacityType, SPOT, SPOT",
        "eks.amazonaws.com/capacityType, ON_DEMAND, ON_DEMAND",
        "karpenter.sh/capacity-type, spot, SPOT",
        "karpenter.sh/capacity-type, on-demand, ON_DEMAND",
        "kubernetes.azure.com/scalesetpriority, spot, SPOT",
        "cloud.google.com/gke-spot, true, SPOT",
        "cloud.google.com/gke-preemptible, true, SPOT",
        "something.else/spot, true, ON_DEMAND"
    })
    void labelsOfEachCloudTellTheMarket(String label, String value, Market market) {
        harness.cluster().add(KubernetesHarness.t4("t4", "us-central1-a").label(label, value));

        assertThat(list(harness.provider(), "T4:1").offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.market()).isEqualTo(market));
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA-L4, L4",
        "nvidia-l4, L4",
        "NVIDIA-L40S, L40S",
        "Tesla-T4, T4",
        "nvidia-tesla-t4, T4",
        "t4, T4",
        "NVIDIA-A10G, A10G",
        "NVIDIA-A10, A10",
        "nvidia-tesla-a100, A100",
        "NVIDIA-A100-SXM4-40GB, A100",
        "NVIDIA-A100-SXM4-80GB, A100-80GB",
        "nvidia-a100-80gb, A100-80GB",
        "NVIDIA-H100-80GB-HBM3, H100",
        "NVIDIA-H100-NVL, H100-NVL",
        "nvidia-h200-141gb, H200",
        "Tesla-V100-SXM2-16GB, V100",
        "Tesla-V100-SXM2-32GB, V100-32GB",
        "NVIDIA-L4-SHARED, L4-SHARED",
        "NVIDIA-A100-SXM4-40GB-MIG-1g.5gb, A100-SXM4-40GB-MIG-1g.5gb",
        "NVIDIA-GeForce-RTX-4090, GeForce-RTX-4090",
        "4090, GPU-4090"
    })
    void productsOfEachVendorsLabelHaveTheNamesOfOtherProviders(String product, String type) {
        assertThat(AcceleratorNames.of(product, Map.of())).isEqualTo(type);
    }

    @Test
    void theSettingsHaveTheLastWordOnNames() {
        assertThat(AcceleratorNames.of("NVIDIA-L4", Map.of("NVIDIA-L4", "Ada"))).isEqualTo("Ada");
    }
}
