package dev.skyhedge.providers.cloud.contract;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is seen of instances in clouds whose lists lag and that forget what has ended, and how ends are told
/// apart.
public abstract class ObserveContract<H extends CloudHarness<?>> extends ClientContract<H> {
    /// More than fit on two pages of any list.
    protected static final int MANY = 1_200;

    /// Puts instances of the lineage there as if they had been made before.
    protected abstract void put(int count);

    @Test
    void onePageThatFailsFailsTheWholeListInsteadOfShorteningIt() {
        put(MANY);
        Provider second = harness.secondClient();
        harness.fake().faultAfter(harness.calls().list(), 1, harness.denied());

        assertThat(failure(second.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void refusedListFailsInsteadOfLookingEmpty() {
        harness.fake().fault(harness.calls().list(), harness.denied());

        assertThat(failure(provider.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void launchedInstanceIsSeenAtOnceThoughTheListLags() {
        restart(Situation.lagging(Duration.ofSeconds(20)));

        Instance launched = done(provider.launch(spot(1)));

        assertThat(done(provider.observe(LINEAGE)).instances())
                .extracting(Instance::id)
                .containsExactly(launched.id());
        assertThat(done(harness.secondClient().observe(LINEAGE)).instances()).isEmpty();
        harness.clock().advance(Duration.ofSeconds(20));
        assertThat(done(harness.secondClient().observe(LINEAGE)).instances()).hasSize(1);
    }

    @Test
    void ownTerminationIsNotPreemptionEvenIfTheCloudWasFaster() {
        Instance launched = done(provider.launch(spot(1)));
        harness.preempt(launched.id());

        terminate(launched);
        harness.clock().advance(Duration.ofMinutes(1));

        assertThat(end().cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void spotInstanceThatIsGoneWithoutATraceCountsAsPreempted() {
        Instance launched = done(provider.launch(spot(1)));

        harness.vanish(launched.id());

        assertThat(end().cause()).isEqualTo(EndCause.PREEMPTED);
    }

    @Test
    void otherInstanceThatIsGoneWithoutATraceHasExited() {
        Instance launched = done(provider.launch(onDemand(1)));

        harness.vanish(launched.id());

        assertThat(end().cause()).isEqualTo(EndCause.EXITED);
    }

    @Test
    void machineThatShutItselfDownHasEndedAndIsDeletedByWhoeverKeepsWatchOnly() {
        Instance launched = done(provider.launch(onDemand(1)));
        harness.clock().advance(Duration.ofSeconds(10));
        harness.shutDown(launched.id());
        String delete = harness.calls().delete();
        assertThat(end().cause()).isEqualTo(EndCause.EXITED);
        assertThat(harness.fake().calls(delete)).isZero();

        try (Subscription subscription = provider.events(LINEAGE, event -> {})) {
            assertThat(subscription).isNotNull();
            long deadline = System.nanoTime() + harness.patience().toNanos();
            while (harness.fake().calls(delete) == 0 && System.nanoTime() < deadline) {
                harness.letTimePass();
            }
        }

        assertThat(harness.fake().calls(delete)).isPositive();
    }

    @Test
    void missingInstanceThatCannotBeAskedForIsAGapAndNoEnd() {
        Instance launched = done(provider.launch(spot(1)));
        harness.vanish(launched.id());
        harness.fake().faults(harness.calls().get(), 5, new Fault.Page(503));

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.covers(launched.offer().location())).isFalse();
        assertThat(seen.instances()).isEmpty();
    }

    @Test
    void terminatingAnInstanceThatIsOnItsWayOutSucceeds() {
        Instance launched = done(provider.launch(onDemand(1)));
        terminate(launched);

        terminate(launched);

        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.ledger().live()).isEmpty();
    }

    @Test
    void lostReplyOfATerminationDoesNotMatter() {
        Instance launched = done(provider.launch(onDemand(1)));
        harness.fake().fault(harness.calls().delete(), new Fault.ReplyLost());
        harness.fake().fault(harness.calls().delete(), new Fault.PageAfterEffect(502));

        terminate(launched);

        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.ledger().live()).isEmpty();
    }

    protected final void terminate(Instance instance) {
        done(provider.terminate(instance.id(), instance.offer().location()));
    }

    /// The one instance that is seen.
    protected final Instance only() {
        List<Instance> all = done(provider.observe(LINEAGE)).instances();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /// How the one instance that is seen ended.
    protected final Instance.End end() {
        return only().end().orElseThrow();
    }
}
