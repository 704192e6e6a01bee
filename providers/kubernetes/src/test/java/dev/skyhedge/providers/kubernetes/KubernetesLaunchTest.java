package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.ZONE;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.FakeRules;
import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.providers.kubernetes.fake.SmallCluster;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesLaunchTest {
    private static final String LINEAGE = "line";

    private KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private LaunchRequest spot(int number) {
        return harness.request(harness.spotOffer(), LINEAGE, number);
    }

    private LaunchRequest with(Workload workload) {
        return new LaunchRequest(harness.spotOffer(), spot(1).tags(), workload);
    }

    private static Workload workload(List<String> command, Map<String, String> environment) {
        return new Workload(Optional.of("image"), command, 8000, new LinkedHashMap<>(environment));
    }

    private List<Instance> observed(Provider provider) {
        return done(provider.observe(LINEAGE)).instances();
    }

    // --- what a pod is

    @Test
    void aSpotPodAsksForSpotNodesAndToleratesThem() {
        Instance made = done(harness.provider().launch(spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"nodeName\":\"l4-spot-a\"")
                .contains("\"cloud.google.com/gke-spot\":\"true\"")
                .contains("\"restartPolicy\":\"Never\"")
                .contains("\"nvidia.com/gpu\":\"1\"");
    }

    @Test
    void aDiskIsRequestedAsEphemeralStorageAndNotLimited() {
        Instance large = done(harness.provider().launch(spot(1).onDisk(750)));

        assertThat(harness.cluster().describe(large.id())).containsOnlyOnce("\"ephemeral-storage\":\"750Gi\"");
    }

    @Test
    void withoutADiskNoStorageIsRequested() {
        Instance plain = done(harness.provider().launch(spot(1)));

        assertThat(harness.cluster().describe(plain.id())).doesNotContain("ephemeral-storage");
    }

    @Test
    void aSpareIsNotOnTheNodeThatItStandsInFor() {
        harness.cluster()
                .add(SmallCluster.spot(
                        SmallCluster.gpuNode("l4-spot-a2", "us-central1-a", "g2-standard-96", "nvidia-l4", 8)));
        Provider provider = harness.provider();
        Instance first = done(provider.launch(spot(1)));
        Instance second = done(provider.launch(spot(2)));

        assertThat(node(first)).isNotEqualTo(node(second));
    }

    @Test
    void whereThereIsOneNodeOnlyASpareIsThereToo() {
        Provider provider = harness.provider();

        assertThat(node(done(provider.launch(spot(1))))).isEqualTo(node(done(provider.launch(spot(2)))));
    }

    private String node(Instance made) {
        return harness.cluster().describe(made.id()).replaceAll(".*\"nodeName\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void whoMustHaveANodeAloneSaysSo() {
        Instance required = done(harness.provider(Map.of("spread", "required")).launch(spot(1)));
        Instance any = done(harness.provider(Map.of("spread", "none")).launch(spot(2)));

        assertThat(harness.cluster().describe(required.id())).contains("DoNotSchedule");
        assertThat(harness.cluster().describe(any.id())).doesNotContain("topologySpread");
    }

    @Test
    void noPodIsTheFirstThatANodeInNeedEnds() {
        Provider provider = harness.provider();
        Instance gpu = done(provider.launch(spot(1)));
        Instance cpu = done(provider.launch(harness.request(
                KubernetesHarness.offer("e2-standard-4:1", "CPU:1", KubernetesHarness.ZONE, Market.ON_DEMAND),
                LINEAGE,
                2)));

        assertThat(harness.cluster().describe(gpu.id())).doesNotContain("BestEffort");
        assertThat(harness.cluster().describe(cpu.id())).doesNotContain("BestEffort");
    }

    @Test
    void whatTheSettingsAskForIsAskedFor() {
        Instance made = done(harness.provider(Map.of("cpu", "3500m", "memory", "12Gi", "shared_memory", "4Gi"))
                .launch(spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"cpu\":\"3500m\"", "\"memory\":\"12Gi\"", "\"sizeLimit\":\"4Gi\"");
    }

    @Test
    void whatTheServiceNeedsAtLeastIsAskedFor() {
        Instance plain = done(harness.provider().launch(spot(1).withAtLeast(new MachineShape(6, 24 * 1024))));
        Instance more = done(harness.provider(Map.of("cpu", "7", "memory", "12Gi"))
                .launch(spot(2).withAtLeast(new MachineShape(6, 24 * 1024))));

        assertThat(harness.cluster().describe(plain.id())).contains("\"cpu\":\"6\"", "\"memory\":\"24576Mi\"");
        assertThat(harness.cluster().describe(more.id())).contains("\"cpu\":\"7\"", "\"memory\":\"24576Mi\"");
    }

    @Test
    void sharedMemoryHasALimit() {
        assertThat(harness.cluster()
                        .describe(done(harness.provider().launch(spot(1))).id()))
                .contains("\"sizeLimit\":\"16Gi\"");
    }

    @Test
    void labelsAndAnnotationsOfTheUserAreOnEveryPodAndNeverInPlaceOfOurs() {
        Instance made = done(harness.provider(Map.of(
                        "labels", Map.of("team", "ml", "skyhedge-lineage", "theirs"),
                        "annotations", Map.of("example.com/owner", "ml@example.com")))
                .launch(spot(1)));

        assertThat(harness.cluster().describe(made.id()))
                .contains("\"team\":\"ml\"", "\"example.com/owner\":\"ml@example.com\"")
                .contains("\"skyhedge-lineage\":\"" + LINEAGE + "\"");
    }

    @Test
    void aRestrictedNamespaceTakesPodsWithoutBeingToldOf() {
        harness.cluster().restricted();
        Provider provider = harness.provider();
        done(provider.launch(spot(1)));
        Instance second = done(provider.launch(spot(2)));

        assertThat(harness.cluster().describe(second.id())).contains("\"runAsNonRoot\":true", "\"drop\":[\"ALL\"]");
    }

    @Test
    void imagesRunAsRootWhereTheNamespaceTakesThat() {
        assertThat(harness.cluster()
                        .describe(done(harness.provider().launch(spot(1))).id()))
                .contains("\"allowPrivilegeEscalation\":false")
                .doesNotContain("runAsNonRoot");
    }

    @Test
    void whatPodsMayDoIsAsTheSettingsSay() {
        Instance free = done(harness.provider(Map.of("pod_security", "none")).launch(spot(1)));
        Instance bound = done(
                harness.provider(Map.of("pod_security", "restricted", "run_as_user", BigDecimal.valueOf(1_000_680_000)))
                        .launch(spot(2)));

        assertThat(harness.cluster().describe(free.id())).doesNotContain("securityContext");
        assertThat(harness.cluster().describe(bound.id()))
                .contains("\"runAsUser\":1000680000", "\"runAsNonRoot\":true");
        harness.cluster().restricted();
        assertThat(failure(harness.provider(Map.of("pod_security", "none")).launch(spot(3))))
                .isInstanceOfSatisfying(
                        Failure.InvalidRequest.class,
                        refused -> assertThat(refused.message()).contains("violates PodSecurity"));
    }

    @Test
    void anOnDemandPodKeepsOffSpotNodes() {
        // Two nodes of the same kind in the zone; only one of them is not spot.
        Instance made = done(harness.provider().launch(harness.request(harness.onDemandOffer(), LINEAGE, 1)));

        assertThat(harness.cluster().describe(made.id())).contains("\"nodeName\":\"l4-a\"");
    }

    @Test
    void variablesAreInASecretThatGoesWithThePodAndNowhereElse() {
        Provider provider = harness.provider();
        Instance made = done(provider.launch(spot(1)));

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
        Instance made = done(provider.launch(spot(1)));
        harness.clock().advance(Duration.ofSeconds(5));

        assertThat(harness.cluster().describe(made.id())).contains("\"hostPort\":8000");
        assertThat(observed(provider).getFirst().endpoint())
                .map(Endpoint::host)
                .hasValueSatisfying(host -> assertThat(host).startsWith("10.0.0."));
    }

    @Test
    void tagsThatAreNoLabelsAreKept() {
        LaunchRequest plain = spot(1);
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

    // --- no room

    @Test
    void aPodThatFindsNoNodeInTimeIsNoCapacityAndLeavesNothing() {
        harness.cluster().setGpus("l4-spot-a", 1);
        Provider provider = harness.provider();
        done(provider.launch(spot(1)));

        Instant before = harness.clock().instant();
        Failure failure = failure(provider.launch(spot(2)));

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
                        offer("l4", "L4:1", Location.parse("kubernetes/default/default"), Market.SPOT), LINEAGE, 1))))
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

        Instance made = done(provider.launch(harness.request(offer, LINEAGE, 1)));

        assertThat(harness.cluster().describe(made.id())).contains("\"nodeName\":\"grown-1\"");
    }

    @Test
    void aPoolWhoseLastNodeWentHasNoCapacity() {
        Provider provider = harness.provider();
        done(provider.launch(spot(1)));
        harness.cluster().removeNode("l4-spot-a");
        harness.clock().advance(Duration.ofSeconds(11));

        assertThat(failure(provider.launch(spot(2)))).isInstanceOf(Failure.NoCapacity.class);
    }

    // --- refusals

    @Test
    void anExceededQuotaIsAboutTheWholeNamespace() {
        harness.cluster().limit("requests.nvidia.com/gpu", 1);
        Provider provider = harness.provider();
        done(provider.launch(spot(1)));

        Failure failure = failure(provider.launch(spot(2)));

        assertThat(failure).isInstanceOf(Failure.Quota.class);
        assertThat(((Failure.Quota) failure).scope().covers(harness.onDemandOffer()))
                .isTrue();
        assertThat(done(provider.quotas()))
                .singleElement()
                .satisfies(quota -> assertThat(quota.remaining()).isZero());
    }

    @Test
    void aMissingPermissionIsDenied() {
        harness.server().forbid("create pods");

        assertThat(failure(harness.provider().launch(spot(1)))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void withoutPermissionForItsSecretThePodIsGivenBack() {
        harness.server().forbid("create secrets");
        Provider provider = harness.provider();

        assertThat(failure(provider.launch(spot(1)))).isInstanceOf(Failure.Denied.class);
        harness.clock().advance(Duration.ofSeconds(10));
        assertThat(harness.cluster().live()).isEmpty();
    }

    @Test
    void aNamespaceThatIsNotThereIsAMistakeInTheRequest() {
        harness.server().fault("POST pods", new Fault.Refused(404, "NotFound", "namespaces \"ml\" not found"));

        assertThat(failure(harness.provider().launch(spot(1)))).isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void throttledCallsWaitAsLongAsTheHeaderSays() {
        harness.server().fault("POST pods", new Fault.Throttled(Duration.ofSeconds(7)));
        Instant before = harness.clock().instant();

        done(harness.provider().launch(spot(1)));

        assertThat(Duration.between(before, harness.clock().instant()))
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void manyLaunchesAtOnceOutlastALimitOfCalls() throws Exception {
        harness.close();
        harness = new KubernetesHarness(FakeRules.calm().limited(20));
        harness.cluster().setGpus("l4-spot-a", 100);
        Provider provider = harness.provider();
        List<Future<Outcome<Instance>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                answers.add(callers.submit(() -> provider.launch(spot(number))));
            }
        }

        for (Future<Outcome<Instance>> answer : answers) {
            assertThat(done(answer.get()).isLive()).isTrue();
        }
        assertThat(harness.cluster().live()).hasSize(30);
    }

    // --- unknown outcomes

    @Test
    void aLostReplyLeavesOnePod() {
        harness.server().fault("POST pods", new Fault.ReplyLost());
        Provider provider = harness.provider();

        Instance made = done(provider.launch(spot(1)));

        assertThat(harness.cluster().live()).containsExactly(made.id());
        assertThat(harness.cluster().made().values()).containsOnly(1);
    }

    @Test
    void aPageForPeopleInsteadOfAnAnswerLeavesOnePod() {
        harness.server().fault("POST pods", new Fault.PageAfterEffect(502));

        Instance made = done(harness.provider().launch(spot(1)));

        assertThat(harness.cluster().live()).containsExactly(made.id());
    }

    @Test
    void aClusterThatNeverAnswersIsAnUnknownOutcome() {
        for (int i = 0; i < 5; i++) {
            harness.server().fault("POST pods", new Fault.CallLost());
        }

        assertThat(failure(harness.provider().launch(spot(1)))).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void aCrashBeforeTheSecretIsMadeGoodByTheNextLaunch() {
        for (int i = 0; i < 5; i++) {
            harness.server().fault("POST secrets", new Fault.CallLost());
        }
        assertThat(failure(harness.provider().launch(spot(1)))).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(harness.cluster().secretNames()).isEmpty();

        Instance made = done(harness.secondClient().launch(spot(1)));

        assertThat(harness.cluster().secretNames()).containsExactly(made.id());
        assertThat(harness.cluster().made().values()).containsOnly(1);
    }

    @Test
    void bookKeepingOfQuotasThatIsInItsOwnWayIsTriedAgainLater() {
        harness.server()
                .fault(
                        "POST pods",
                        new Fault.Refused(409, "Conflict", "Operation cannot be fulfilled on resourcequotas"));

        assertThat(failure(harness.provider().launch(spot(1)))).isInstanceOf(Failure.Throttled.class);
    }

    @Test
    void somebodyElsesPodOfTheSameNameIsAConflictAndStays() {
        LaunchRequest mine = spot(1);
        LaunchRequest theirs = new LaunchRequest(
                mine.offer(), new InstanceTags("other", "chat", "chat-1", 1, mine.token()), mine.workload());
        Provider provider = harness.provider();
        Instance other = done(provider.launch(theirs));

        assertThat(failure(harness.secondClient().launch(mine))).isInstanceOf(Failure.Conflict.class);
        assertThat(harness.cluster().live()).containsExactly(other.id());
    }

    @Test
    void aRepeatedLaunchFindsItsPodThoughThePoolIsNotOfferedAnyMore() {
        Instance made = done(harness.provider().launch(spot(1)));
        harness.cluster().cordon("l4-spot-a");
        harness.clock().advance(Duration.ofSeconds(11));

        assertThat(done(harness.secondClient().launch(spot(1))).id()).isEqualTo(made.id());
        assertThat(ZONE).isEqualTo(made.offer().location());
    }
}
