package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.gcp.Outcomes.done;
import static dev.skyhedge.providers.gcp.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcpObserveTest {
    private static final String LINEAGE = "lineage-a";
    private static final int MANY = 1_200;

    private GcpHarness harness = new GcpHarness();
    private Provider provider = harness.provider();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void listsAllPages() {
        for (int i = 0; i < MANY; i++) {
            harness.fake().cloud().put("us-central1-a", labelled(i), i);
        }
        long before = harness.fake().calls("Instances.AggregatedList");

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.instances()).hasSize(MANY);
        assertThat(harness.fake().calls("Instances.AggregatedList") - before).isEqualTo(3);
        assertThat(harness.fake().calls("Instances.Get")).isZero();
    }

    @Test
    void launchedInstanceIsSeenAtOnceThoughTheListLags() {
        restart(FakeRules.calm().lagging(Duration.ofSeconds(20)));

        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));

        assertThat(done(provider.observe(LINEAGE)).instances())
                .extracting(Instance::id)
                .containsExactly(launched.id());
        assertThat(done(harness.secondClient().observe(LINEAGE)).instances()).isEmpty();
        harness.clock().advance(Duration.ofSeconds(20));
        assertThat(done(harness.secondClient().observe(LINEAGE)).instances()).hasSize(1);
    }

    @Test
    void preemptionIsToldByTheOperation() {
        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.fake().cloud().preemptAtOnce("us-central1-a", launched.id());

        Instance ended = only();

        assertThat(ended.state()).isEqualTo(InstanceState.ENDED);
        assertThat(ended.end().orElseThrow().cause()).isEqualTo(EndCause.PREEMPTED);
        assertThat(ended.end().orElseThrow().detail()).isEqualTo("taken back by Google");
    }

    @Test
    void ownTerminationIsNotPreemptionEvenIfGoogleWasFaster() {
        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.fake().cloud().preempt("us-central1-a", launched.id());
        done(provider.terminate(launched.id(), launched.offer().location()));
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(only().end().orElseThrow().cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void deletionBySomebodyElseIsNotPreemption() {
        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        done(harness.secondClient().terminate(launched.id(), launched.offer().location()));
        harness.clock().advance(Duration.ofMinutes(1));

        Instance.End end = only().end().orElseThrow();

        assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
        assertThat(end.detail()).contains("deleted by");
    }

    @Test
    void spotInstanceThatIsGoneWithoutATraceCountsAsPreempted() {
        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.fake().cloud().vanish("us-central1-a", launched.id());

        assertThat(only().end().orElseThrow().cause()).isEqualTo(EndCause.PREEMPTED);
    }

    @Test
    void machineThatShutItselfDownHasEndedAndIsDeletedByWhoeverKeepsWatch() {
        Instance launched = done(provider.launch(harness.request(harness.onDemandOffer(), LINEAGE, 1)));
        harness.fake().cloud().halt("us-central1-a", launched.id());

        assertThat(only().end().orElseThrow().cause()).isEqualTo(EndCause.EXITED);
        assertThat(harness.fake().calls("Instances.Delete")).isZero();
        try (Subscription subscription = provider.events(LINEAGE, event -> {})) {
            assertThat(subscription).isNotNull();
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (harness.fake().calls("Instances.Delete") == 0 && System.nanoTime() < deadline) {
                harness.letTimePass();
            }
        }
        assertThat(harness.fake().calls("Instances.Delete")).isPositive();
    }

    @Test
    void missingInstanceThatCannotBeAskedForIsAGapAndNoEnd() {
        Instance launched = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.fake().cloud().vanish("us-central1-a", launched.id());
        for (int i = 0; i < 5; i++) {
            harness.fake().fault("Instances.Get", new Fault.Page(503));
        }

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.covers(launched.offer().location())).isFalse();
        assertThat(seen.instances()).isEmpty();
    }

    @Test
    void refusedListFailsInsteadOfLookingEmpty() {
        harness.fake().fault("Instances.AggregatedList", new Fault.Refused(403, "forbidden", "No permission"));

        assertThat(failure(provider.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void onePageThatFailsFailsTheWholeListInsteadOfShorteningIt() {
        for (int i = 0; i < MANY; i++) {
            harness.fake().cloud().put("us-central1-a", labelled(i), i);
        }
        Provider second = harness.secondClient();
        harness.fake().faultAfter("Instances.AggregatedList", 1, new Fault.Refused(403, "forbidden", "No permission"));

        assertThat(failure(second.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void sameNumberOfCallsHoweverManyInstancesAPageHolds() {
        for (int i = 0; i < 400; i++) {
            harness.fake().cloud().put("us-central1-a", labelled(i), i);
        }

        done(provider.observe(LINEAGE));
        done(provider.observe(LINEAGE));

        assertThat(harness.fake().recorded()).hasSize(2);
    }

    @Test
    void terminatingAnInstanceThatIsOnItsWayOutSucceeds() {
        Instance launched = done(provider.launch(harness.request(harness.onDemandOffer(), LINEAGE, 1)));
        done(provider.terminate(launched.id(), launched.offer().location()));

        done(provider.terminate(launched.id(), launched.offer().location()));

        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void lostReplyOfATerminationDoesNotMatter() {
        Instance launched = done(provider.launch(harness.request(harness.onDemandOffer(), LINEAGE, 1)));
        harness.fake().fault("Instances.Delete", new Fault.ReplyLost());
        harness.fake().fault("Instances.Delete", new Fault.PageAfterEffect(502));

        done(provider.terminate(launched.id(), launched.offer().location()));

        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void quotasOfCardsAreToldPerRegionAndMarket() {
        harness.fake().cloud().quota("us-central1", "PREEMPTIBLE_NVIDIA_L4_GPUS", 8);
        done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));

        assertThat(done(provider.quotas()))
                .filteredOn(quota -> quota.name().equals("PREEMPTIBLE_NVIDIA_L4_GPUS in us-central1"))
                .singleElement()
                .satisfies(quota -> {
                    assertThat(quota.remaining()).isEqualTo(7);
                    assertThat(quota.scope().market()).contains(Market.SPOT);
                });
    }

    private Instance only() {
        assertThat(done(provider.observe(LINEAGE)).instances()).hasSize(1);
        return done(provider.observe(LINEAGE)).instances().getFirst();
    }

    private com.google.cloud.compute.v1.Instance labelled(int number) {
        LaunchRequest request = harness.request(harness.spotOffer(), LINEAGE, number);
        return InstanceOrder.of(
                request,
                "sh-" + number,
                "#!/bin/sh",
                GcpSettings.read(java.util.Map.of("project", "acme-ml"), java.util.Map.of())
                        .machine());
    }

    private void restart(FakeRules rules) {
        harness.close();
        harness = new GcpHarness(FakeGeography.small(), rules);
        provider = harness.provider();
    }
}
