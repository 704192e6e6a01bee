package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.FakeRules;
import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesObserveTest {
    private static final String LINEAGE = "line";

    private KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    private Instance launch(Provider provider, Offer offer, int number) {
        Instance made = done(provider.launch(harness.request(offer, LINEAGE, number)));
        harness.clock().advance(Duration.ofSeconds(5));
        return made;
    }

    private Instance only(Provider provider) {
        List<Instance> seen = done(provider.observe(LINEAGE)).instances();
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    private Instance.End end(Provider provider) {
        return only(provider).end().orElseThrow();
    }

    // --- pages

    @Test
    void listsLongerThanAPageAreReadToTheEnd() {
        harness.close();
        harness = new KubernetesHarness(FakeRules.calm().paged(3));
        harness.cluster().setGpus("l4-spot-a", 100);
        Provider provider = harness.provider();
        for (int i = 0; i < 10; i++) {
            launch(provider, harness.spotOffer(), i);
        }

        assertThat(done(provider.observe(LINEAGE)).instances()).hasSize(10);
    }

    @Test
    void aListThatBecameTooOldIsReadAgain() {
        harness.close();
        harness = new KubernetesHarness(FakeRules.calm().paged(2));
        Provider provider = harness.provider();
        for (int i = 0; i < 5; i++) {
            launch(provider, harness.spotOffer(), i);
        }
        harness.server().expireLists();

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.instances()).hasSize(5);
        assertThat(seen.covers(ZONE)).isTrue();
    }

    @Test
    void aListThatBreaksOffSaysSo() {
        harness.close();
        harness = new KubernetesHarness(FakeRules.calm().paged(2));
        Provider provider = harness.provider();
        for (int i = 0; i < 3; i++) {
            launch(provider, harness.spotOffer(), i);
        }
        harness.server().fault("LIST pods", new Fault.None());
        harness.server().fault("LIST pods", new Fault.Refused(403, "Forbidden", "not now"));

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.covers(ZONE)).isFalse();
        assertThat(seen.instances()).hasSize(2).allMatch(Instance::isLive);
    }

    @Test
    void aClusterThatRefusesToListIsAFailureAndNotEmpty() {
        harness.server().forbid("list pods");

        assertThat(failure(harness.provider().observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void withoutPermissionForNodesPodsAreSeenAllTheSame() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.server().forbid("list nodes");

        assertThat(only(harness.secondClient()).id()).isEqualTo(made.id());
    }

    // --- ends

    @Test
    void aPodThatIsTakenBackWasPreempted() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.preempt(made.id());

        assertThat(only(provider).state()).isEqualTo(InstanceState.STOPPING);
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(end(provider).cause()).isEqualTo(EndCause.PREEMPTED);
        assertThat(end(provider).detail()).contains("DeletionByTaintManager");
    }

    @Test
    void aSpotPodThatVanishesWithItsNodeWasPreempted() {
        Provider provider = harness.provider();
        launch(provider, harness.spotOffer(), 1);
        only(provider);
        harness.cluster().removeNode("l4-spot-a");

        assertThat(end(provider).cause()).isEqualTo(EndCause.PREEMPTED);
    }

    @Test
    void anOnDemandPodOfADrainedNodeWasTerminatedNotPreempted() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.onDemandOffer(), 1);
        harness.preempt(made.id());
        only(provider);
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(end(provider).cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void aNodeThatShutsDownInOrderPreemptsItsSpotPods() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.cluster().shutDownUnder(made.id());

        assertThat(end(provider).cause()).isEqualTo(EndCause.PREEMPTED);
    }

    @Test
    void ourOwnTerminationIsNeverAPreemption() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.preempt(made.id());
        done(provider.terminate(made.id(), ZONE));
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(end(provider).cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void aPodThatNeverHadANodeWasNotPreempted() {
        FakeRules calm = FakeRules.calm();
        try (KubernetesHarness slow = new KubernetesHarness(new FakeRules(
                Duration.ofHours(1),
                calm.bootTime(),
                calm.stopTime(),
                calm.noticeTime(),
                calm.scaleTime(),
                calm.longestPage(),
                0))) {
            Provider provider = slow.provider();
            Instance pending = done(provider.launch(slow.request(slow.spotOffer(), LINEAGE, 1)));
            assertThat(pending.state()).isEqualTo(InstanceState.PENDING);
            slow.cluster().deleteByHand(pending.id());

            Instance.End end =
                    done(provider.observe(LINEAGE)).instances().getFirst().end().orElseThrow();
            assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
            assertThat(end.detail()).contains("before it had a node");
        }
    }

    @Test
    void anImageThatIsNotThereIsToldAtOnceAndByName() {
        harness.cluster().unpullable("ErrImagePull", "rpc error: manifest for vllm/vllm-openai:v0.10.2 not found");
        Provider provider = harness.provider();
        done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.clock().advance(Duration.ofSeconds(10));

        assertThat(end(provider).cause()).isEqualTo(EndCause.FAILED_TO_START);
        assertThat(end(provider).detail())
                .startsWith("image vllm/vllm-openai:v0.10.2 cannot be pulled: ErrImagePull: rpc error");
    }

    @Test
    void aRegistryThatIsBusyHasAMinute() {
        harness.cluster().unpullable("ImagePullBackOff", "Back-off pulling image: too many requests");
        Provider provider = harness.provider();
        done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.clock().advance(Duration.ofSeconds(30));
        assertThat(only(provider).state()).isEqualTo(InstanceState.PENDING);

        harness.clock().advance(Duration.ofSeconds(40));
        assertThat(end(provider).cause()).isEqualTo(EndCause.FAILED_TO_START);
    }

    @Test
    void somebodyElsesDeletionIsNoPreemption() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        done(harness.secondClient().terminate(made.id(), ZONE));
        only(provider);
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(end(provider).cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void anExitIsToldWithItsCode() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.cluster().exit(made.id(), 137);

        assertThat(end(provider).cause()).isEqualTo(EndCause.EXITED);
        assertThat(end(provider).detail()).contains("137");
    }

    @Test
    void anEndIsRememberedForAnHour() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        done(provider.terminate(made.id(), ZONE));
        harness.clock().advance(Duration.ofMinutes(1));
        only(provider);
        harness.clock().advance(Duration.ofMinutes(62));

        assertThat(done(provider.observe(LINEAGE)).instances()).isEmpty();
    }

    // --- terminating

    @Test
    void withTheLastPodGoThoseThatAreOver() {
        Provider provider = harness.provider();
        Instance over = launch(provider, harness.spotOffer(), 1);
        Instance last = launch(provider, harness.spotOffer(), 2);
        Instance kept = done(provider.launch(harness.request(harness.spotOffer(), "another", 3)));
        harness.cluster().exit(over.id(), 1);
        harness.cluster().exit(kept.id(), 1);
        done(provider.observe(LINEAGE));

        done(provider.terminate(last.id(), ZONE));
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(harness.cluster().secretNames()).containsExactly(kept.id());
    }

    @Test
    void whileOthersRunAPodThatIsOverIsKeptForItsLog() {
        Provider provider = harness.provider();
        Instance over = launch(provider, harness.spotOffer(), 1);
        Instance one = launch(provider, harness.spotOffer(), 2);
        launch(provider, harness.spotOffer(), 3);
        harness.cluster().exit(over.id(), 1);

        done(provider.terminate(one.id(), ZONE));

        assertThat(harness.cluster().describe(over.id())).isNotEmpty();
    }

    @Test
    void terminationLeavesNeitherPodNorSecret() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        done(provider.terminate(made.id(), ZONE));
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(harness.cluster().live()).isEmpty();
        assertThat(harness.cluster().secretNames()).isEmpty();
    }

    @Test
    void aTerminationThatIsNotAnsweredIsRepeated() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        harness.server().fault("DELETE pods", new Fault.ReplyLost());

        done(provider.terminate(made.id(), ZONE));

        assertThat(only(provider).state()).isEqualTo(InstanceState.STOPPING);
    }

    // --- logs

    @Test
    void aPageOfTheLogStartsAndEndsAtCharacters() {
        byte[] log = "aäöü".getBytes(StandardCharsets.UTF_8);

        LogPage first = PodLog.page(log, 0, 2, true, true);
        LogPage second = PodLog.page(log, first.nextOffset(), 100, true, true);

        assertThat(first.text() + second.text()).isEqualTo("aäöü");
        assertThat(first.complete()).isFalse();
        assertThat(second.complete()).isTrue();
    }

    @Test
    void aLogThatWasBegunAnewIsReadFromItsBeginning() {
        assertThat(PodLog.page("new".getBytes(StandardCharsets.UTF_8), 5_000, 100, false, true)
                        .text())
                .isEqualTo("new");
    }

    @Test
    void aLogIsReadWithoutWaitingForAnything() {
        Provider provider = harness.provider();
        Instance made = launch(provider, harness.spotOffer(), 1);
        only(provider);
        harness.cluster().say(made.id(), "ready\n");
        int before = harness.server().calls().size();

        assertThat(done(provider.logs(made.id(), ZONE, 0, 100)).text()).isEqualTo("ready\n");
        assertThat(harness.server().calls().stream().skip(before)).containsExactly("GET pods", "LOG pods");
    }

    @Test
    void aPodThatHasNotBegunHasAnEmptyLog() {
        Provider provider = harness.provider();
        Instance made = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));

        assertThat(done(provider.logs(made.id(), ZONE, 0, 100)).text()).isEmpty();
    }

    // --- who and what

    @Test
    void theAccountIsTheNamespaceOfThisVeryCluster() {
        CloudAccount account = done(harness.provider().account());

        assertThat(account.endpoint()).isEqualTo(harness.server().endpoint());
        assertThat(account.account()).startsWith("ml 3f2c9a1e-");
    }

    @Test
    void whereTheNamespaceMayNotBeSeenItsAddressIsTheAccount() {
        harness.server().forbid("get namespaces");

        assertThat(done(harness.provider().account()).account()).startsWith("ml at http://127.0.0.1");
    }

    @Test
    void theDoctorFindsAllInOrder() {
        assertThat(harness.provider().diagnose())
                .noneMatch(Finding.Bad.class::isInstance)
                .extracting(Finding::subject)
                .containsExactly("endpoint", "cluster", "permissions", "wider permissions", "pools", "addresses");
    }

    @Test
    void theDoctorNamesWhatIsNotPermitted() {
        harness.server().forbid("create secrets");
        harness.server().forbid("list nodes");

        List<Finding> findings = harness.provider().diagnose();

        assertThat(findings)
                .filteredOn(Finding.Bad.class::isInstance)
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.contains("create secrets"));
        assertThat(findings)
                .filteredOn(Finding.Notable.class::isInstance)
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.contains("list nodes"));
    }
}
