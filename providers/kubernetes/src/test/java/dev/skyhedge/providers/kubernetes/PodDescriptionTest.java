package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.SmallCluster;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodDescriptionTest {
    private final KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LaunchRequest with(Workload workload) {
        return new LaunchRequest(harness.spotOffer(), harness.spot(1).tags(), workload);
    }

    private static Workload workload(List<String> command, Map<String, String> environment) {
        return new Workload(Optional.of("image"), command, 8000, new LinkedHashMap<>(environment));
    }

    private List<Instance> observed(Provider provider) {
        return done(provider.observe(KubernetesHarness.LINEAGE)).instances();
    }

    @Test
    void aSpotPodAsksForSpotNodesAndToleratesThem() {
        Instance made = done(harness.provider().launch(harness.spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"nodeName\":\"l4-spot-a\"")
                .contains("\"cloud.google.com/gke-spot\":\"true\"")
                .contains("\"restartPolicy\":\"Never\"")
                .contains("\"nvidia.com/gpu\":\"1\"");
    }

    @Test
    void aDiskIsRequestedAsEphemeralStorageAndNotLimited() {
        Instance large = done(harness.provider().launch(harness.spot(1).onDisk(750)));

        assertThat(harness.cluster().describe(large.id())).containsOnlyOnce("\"ephemeral-storage\":\"750Gi\"");
    }

    @Test
    void withoutADiskNoStorageIsRequested() {
        Instance plain = done(harness.provider().launch(harness.spot(1)));

        assertThat(harness.cluster().describe(plain.id())).doesNotContain("ephemeral-storage");
    }

    @Test
    void aSpareIsNotOnTheNodeThatItStandsInFor() {
        harness.cluster()
                .add(SmallCluster.spot(
                        SmallCluster.gpuNode("l4-spot-a2", "us-central1-a", "g2-standard-96", "nvidia-l4", 8)));
        Provider provider = harness.provider();
        Instance first = done(provider.launch(harness.spot(1)));
        Instance second = done(provider.launch(harness.spot(2)));

        assertThat(node(first)).isNotEqualTo(node(second));
    }

    @Test
    void whereThereIsOneNodeOnlyASpareIsThereToo() {
        Provider provider = harness.provider();

        assertThat(node(done(provider.launch(harness.spot(1)))))
                .isEqualTo(node(done(provider.launch(harness.spot(2)))));
    }

    private String node(Instance made) {
        return harness.cluster().describe(made.id()).replaceAll(".*\"nodeName\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void whoMustHaveANodeAloneSaysSo() {
        Instance required = done(harness.provider(Map.of("spread", "required")).launch(harness.spot(1)));
        Instance any = done(harness.provider(Map.of("spread", "none")).launch(harness.spot(2)));

        assertThat(harness.cluster().describe(required.id())).contains("DoNotSchedule");
        assertThat(harness.cluster().describe(any.id())).doesNotContain("topologySpread");
    }

    @Test
    void noPodIsTheFirstThatANodeInNeedEnds() {
        Provider provider = harness.provider();
        Instance gpu = done(provider.launch(harness.spot(1)));
        Instance cpu = done(provider.launch(harness.request(
                KubernetesHarness.offer("e2-standard-4:1", "CPU:1", KubernetesHarness.ZONE, Market.ON_DEMAND),
                KubernetesHarness.LINEAGE,
                2)));

        assertThat(harness.cluster().describe(gpu.id())).doesNotContain("BestEffort");
        assertThat(harness.cluster().describe(cpu.id())).doesNotContain("BestEffort");
    }

    @Test
    void whatTheSettingsAskForIsAskedFor() {
        Instance made = done(harness.provider(Map.of("cpu", "3500m", "memory", "12Gi", "shared_memory", "4Gi"))
                .launch(harness.spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"cpu\":\"3500m\"", "\"memory\":\"12Gi\"", "\"sizeLimit\":\"4Gi\"");
    }

    @Test
    void whatTheServiceNeedsAtLeastIsAskedFor() {
        Instance plain = done(harness.provider().launch(harness.spot(1).withAtLeast(new MachineShape(6, 24 * 1024))));
        Instance more = done(harness.provider(Map.of("cpu", "7", "memory", "12Gi"))
                .launch(harness.spot(2).withAtLeast(new MachineShape(6, 24 * 1024))));

        assertThat(harness.cluster().describe(plain.id())).contains("\"cpu\":\"6\"", "\"memory\":\"24576Mi\"");
        assertThat(harness.cluster().describe(more.id())).contains("\"cpu\":\"7\"", "\"memory\":\"24576Mi\"");
    }

    @Test
    void sharedMemoryHasALimit() {
        assertThat(harness.cluster()
                        .describe(
                                done(harness.provider().launch(harness.spot(1))).id()))
                .contains("\"sizeLimit\":\"16Gi\"");
    }

    @Test
    void labelsAndAnnotationsOfTheUserAreOnEveryPodAndNeverInPlaceOfOurs() {
        Instance made = done(harness.provider(Map.of(
                        "labels", Map.of("team", "ml", "skyhedge-lineage", "theirs"),
                        "annotations", Map.of("example.com/owner", "ml@example.com")))
                .launch(harness.spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"team\":\"ml\"", "\"example.com/owner\":\"ml@example.com\"")
                .contains("\"skyhedge-lineage\":\"" + KubernetesHarness.LINEAGE + "\"");
    }

    @Test
    void aRestrictedNamespaceTakesPodsWithoutBeingToldOf() {
        harness.cluster().restricted();
        Provider provider = harness.provider();
        done(provider.launch(harness.spot(1)));
        Instance second = done(provider.launch(harness.spot(2)));

        assertThat(harness.cluster().describe(second.id())).contains("\"runAsNonRoot\":true", "\"drop\":[\"ALL\"]");
    }

    @Test
    void imagesRunAsRootWhereTheNamespaceTakesThat() {
        assertThat(harness.cluster()
                        .describe(
                                done(harness.provider().launch(harness.spot(1))).id()))
                .contains("\"allowPrivilegeEscalation\":false")
                .doesNotContain("runAsNonRoot");
    }

    @Test
    void whatPodsMayDoIsAsTheSettingsSay() {
        Instance free = done(harness.provider(Map.of("pod_security", "none")).launch(harness.spot(1)));
        Instance bound = done(
                harness.provider(Map.of("pod_security", "restricted", "run_as_user", BigDecimal.valueOf(1_000_680_000)))
                        .launch(harness.spot(2)));

        assertThat(harness.cluster().describe(free.id())).doesNotContain("securityContext");
        assertThat(harness.cluster().describe(bound.id()))
                .contains("\"runAsUser\":1000680000", "\"runAsNonRoot\":true");
        harness.cluster().restricted();
        assertThat(failure(harness.provider(Map.of("pod_security", "none")).launch(harness.spot(3))))
                .isInstanceOfSatisfying(
                        Failure.InvalidRequest.class,
                        refused -> assertThat(refused.message()).contains("violates PodSecurity"));
    }

    @Test
    void anOnDemandPodKeepsOffSpotNodes() {
        // Two nodes of the same kind in the zone; only one of them is not spot.
        Instance made =
                done(harness.provider().launch(harness.request(harness.onDemandOffer(), KubernetesHarness.LINEAGE, 1)));

        assertThat(harness.cluster().describe(made.id())).contains("\"nodeName\":\"l4-a\"");
    }

    @Test
    void variablesAreInASecretThatGoesWithThePodAndNowhereElse() {
        Provider provider = harness.provider();
        Instance made = done(provider.launch(harness.spot(1)));

        assertThat(harness.cluster().describe(made.id())).doesNotContain("hf_verysecret");
        assertThat(harness.cluster().secretNames()).containsExactly(made.id());

        harness.cluster().removeNode("l4-spot-a");
        assertThat(harness.cluster().secretNames()).isEmpty();
    }

    @Test
    void argumentsReachTheImageAsTheyAre() {
        Instance made = done(harness.provider().launch(with(workload(List.of("--x", "$(HOME)"), Map.of()))));

        assertThat(harness.cluster().describe(made.id())).contains("\"args\":[\"--x\",\"$$(HOME)\"]");
        assertThat(harness.cluster().secretNames()).isEmpty();
    }

    @Test
    void aPodNeedsAnImage() {
        Workload bare = new Workload(Optional.empty(), List.of("serve"), 8000, new LinkedHashMap<>());

        assertThat(failure(harness.provider().launch(with(bare)))).isInstanceOf(Failure.InvalidRequest.class);
        assertThat(harness.server().calls()).doesNotContain("POST pods");
    }

    @Test
    void aVariableWithoutAProperNameIsRefused() {
        assertThat(failure(harness.provider().launch(with(workload(List.of(), Map.of("A B", "x"))))))
                .isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void withHostPortsAPodIsReachedAtItsNode() {
        Provider provider = harness.provider(Map.of("host_port", true));
        Instance made = done(provider.launch(harness.spot(1)));
        harness.clock().advance(Duration.ofSeconds(5));

        assertThat(harness.cluster().describe(made.id())).contains("\"hostPort\":8000");
        assertThat(observed(provider).getFirst().endpoint())
                .map(Endpoint::host)
                .hasValueSatisfying(host -> assertThat(host).startsWith("10.0.0."));
    }

    @Test
    void tagsThatAreNoLabelsAreKept() {
        LaunchRequest plain = harness.spot(1);
        LaunchRequest odd = new LaunchRequest(
                plain.offer(), new InstanceTags("Line-", "Chat_Über", "-x-", 3, plain.token()), plain.workload());
        Provider provider = harness.provider();

        Instance made = done(provider.launch(odd));

        assertThat(made.tags()).isEqualTo(odd.tags());
        assertThat(done(provider.observe("Line-")).instances())
                .extracting(Instance::tags)
                .containsExactly(odd.tags());
        assertThat(done(provider.observe("Line")).instances()).isEmpty();
    }
}
