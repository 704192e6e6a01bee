package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final String LINEAGE = "line";
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final KubernetesHarness harness = new KubernetesHarness();
    private final List<ProviderEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        harness.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited in vain for %s", what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Instance spot(Provider provider) {
        Instance made = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        harness.clock().advance(Duration.ofSeconds(5));
        return made;
    }

    private boolean has(Class<? extends ProviderEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    @Test
    void aChangeIsHeardOfByTheWatchLongBeforeTheNextLook() {
        Provider provider = harness.provider(Duration.ofHours(1));
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            await("the watch", () -> harness.server().watching() == 1);
            await("the first look", () -> harness.server().calls().contains("LIST pods"));

            Instance made = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));

            await(
                    "the pod",
                    () -> events.stream()
                            .anyMatch(event -> event instanceof ProviderEvent.InstanceChanged(Instance one)
                                    && one.id().equals(made.id())));
        }
    }

    @Test
    void aNodeThatIsMarkedIsANoticeForItsSpotPods() {
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            Instance made = spot(provider);
            harness.cluster().taint("l4-spot-a", "aws-node-termination-handler/spot-itn=x:NoSchedule");
            harness.clock().advance(Duration.ofSeconds(11));

            await("the notice", () -> has(ProviderEvent.PreemptionNotice.class));
            assertThat(events)
                    .filteredOn(ProviderEvent.PreemptionNotice.class::isInstance)
                    .singleElement()
                    .satisfies(event -> assertThat(((ProviderEvent.PreemptionNotice) event).instanceId())
                            .isEqualTo(made.id()));
        }
    }

    @Test
    void aRecommendationToMoveIsAHintAndNoNotice() {
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            spot(provider);
            harness.cluster().taint("l4-spot-a", "aws-node-termination-handler/rebalance-recommendation=x:NoSchedule");
            harness.clock().advance(Duration.ofSeconds(11));

            await("the hint", () -> has(ProviderEvent.RebalanceHint.class));
            assertThat(has(ProviderEvent.PreemptionNotice.class)).isFalse();
        }
    }

    @Test
    void ourOwnTerminationIsNoNotice() {
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            Instance made = spot(provider);
            await("the pod", () -> has(ProviderEvent.InstanceChanged.class));
            done(provider.terminate(made.id(), ZONE));
            harness.clock().advance(Duration.ofMinutes(1));

            await(
                    "the end",
                    () -> events.stream()
                            .anyMatch(event ->
                                    event instanceof ProviderEvent.InstanceChanged(Instance one) && !one.isLive()));
            assertThat(has(ProviderEvent.PreemptionNotice.class)).isFalse();
        }
    }

    @Test
    void aPodThatFoundNoNodeHasNoEndToTell() {
        harness.cluster().setGpus("l4-spot-a", 1);
        Provider provider = harness.provider();
        spot(provider);
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            await("the first look", () -> has(ProviderEvent.InstanceChanged.class));

            assertThat(failure(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 2))))
                    .isInstanceOf(Failure.NoCapacity.class);

            long looks = looks();
            await("another look", () -> looks() > looks + 2);
            assertThat(events)
                    .noneMatch(event -> event instanceof ProviderEvent.InstanceChanged(Instance one) && !one.isLive());
        }
    }

    private long looks() {
        return harness.server().calls().stream()
                .filter(call -> call.equals("LIST pods"))
                .count();
    }

    @Test
    void aWatchThatIsTooOldIsAGapAndIsOpenedAgain() {
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            await("the watch", () -> harness.server().watching() == 1);
            long before = watchesOpened();

            harness.server().expireWatches();

            await("the gap", () -> has(ProviderEvent.Gap.class));
            await("another watch", () -> watchesOpened() > before);
        }
    }

    private long watchesOpened() {
        return harness.server().calls().stream()
                .filter(call -> call.equals("WATCH pods"))
                .count();
    }

    @Test
    void withoutPermissionToWatchLooksGoOn() {
        harness.server().forbid("watch pods");
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            spot(provider);

            await("the pod", () -> has(ProviderEvent.InstanceChanged.class));
        }
    }

    @Test
    void aPodThatIsOverIsTidiedAwayAfterAWhile() {
        Provider provider = harness.provider();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            Instance made = spot(provider);
            await("the pod", () -> has(ProviderEvent.InstanceChanged.class));
            harness.cluster().exit(made.id(), 1);
            await(
                    "the end",
                    () -> events.stream()
                            .anyMatch(event ->
                                    event instanceof ProviderEvent.InstanceChanged(Instance one) && !one.isLive()));
            assertThat(harness.cluster().secretNames()).isNotEmpty();

            harness.clock().advance(Duration.ofMinutes(11));

            await("the deletion", () -> harness.cluster().secretNames().isEmpty());
        }
    }
}
