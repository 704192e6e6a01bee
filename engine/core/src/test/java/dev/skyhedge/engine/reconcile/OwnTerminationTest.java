package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a controller makes of the end of an instance that one before it had told the cloud to end. The provider
/// was started again in between, too, and may take the end for the cloud's doing.
class OwnTerminationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofMinutes(5));
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(30);
    private static final Offer OFFER = new Offer(
            "small",
            Accelerator.parse("CPU:1"),
            new Location("sim", "east", "east-a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.20"));
    private static final IdempotencyToken TOKEN = new IdempotencyToken("token");

    private static Reconciler restarted(Lifecycle lifecycle, Optional<Instant> preemptionAt) {
        return restarted(lifecycle, START, Optional.of(START), preemptionAt);
    }

    private static Reconciler restarted(
            Lifecycle lifecycle, Instant since, Optional<Instant> readyAt, Optional<Instant> preemptionAt) {
        ReplicaRecord decided = ReplicaRecord.decided(
                        new ReplicaKey("chat", "chat-1", 1), "v1", OFFER, TOKEN, new Machine.Rental(START, "", ""), 0)
                .onInstance("i-1", Optional.empty());
        ReplicaRecord served =
                readyAt.map(at -> decided.in(Lifecycle.READY, at, "")).orElse(decided);
        ReplicaRecord noticed = preemptionAt.map(served::preemptedAt).orElse(served);
        ReplicaRecord replica = noticed.endingAs(Lifecycle.GONE).in(lifecycle, since, "more than needed");
        return new Reconciler(
                Declared.all(),
                Snapshot.of("lineage", 0, List.of(), List.of(replica)),
                List.of(),
                Map.of("sim", new ProviderLimits(4, Duration.ofSeconds(30), VISIBILITY_DELAY)),
                1);
    }

    private static Message saysThatItWasTaken() {
        return says(EndCause.PREEMPTED, "nobody knows why");
    }

    private static Message says(EndCause cause, String detail) {
        return new Message.Happened(
                "sim",
                new ProviderEvent.InstanceChanged(new Instance(
                        "i-1",
                        OFFER,
                        new InstanceTags("lineage", "chat", "chat-1", 1, TOKEN),
                        InstanceState.ENDED,
                        Optional.empty(),
                        START,
                        Optional.of(new Instance.End(LATER, cause, detail)))));
    }

    private static Message seesNothing(Instant at) {
        return new Message.Observed("sim", new Observation(List.of(), List.of(), at));
    }

    private static List<Lifecycle> ends(Step step) {
        return step.transitions().stream()
                .map(transition -> transition.after().lifecycle())
                .toList();
    }

    @Test
    void isNoPreemptionWhateverTheProviderThinks() {
        Step step = restarted(Lifecycle.STOPPING, Optional.empty()).react(List.of(saysThatItWasTaken()), LATER);

        assertThat(ends(step)).containsExactly(Lifecycle.GONE);
        assertThat(step.changes())
                .noneSatisfy(change -> assertThat(change.toString()).contains("was preempted"));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXITED", "FAILED_TO_START"})
    void isNoFailureThoughTheProviderDoesNotKnowWhoEndedIt(EndCause cause) {
        Step step = restarted(Lifecycle.STOPPING, Optional.empty())
                .react(List.of(says(cause, "it was not there any more when its cloud started again")), LATER);

        assertThat(step.transitions()).singleElement().satisfies(transition -> {
            assertThat(transition.after().lifecycle()).isEqualTo(Lifecycle.GONE);
            assertThat(transition.after().reason()).isEqualTo("more than needed");
            assertThat(transition.after().failures()).isZero();
        });
    }

    @Test
    void isNoPreemptionWhenTheInstanceIsJustNotListedAnyMore() {
        Step step = restarted(Lifecycle.STOPPING, Optional.empty()).react(List.of(seesNothing(LATER)), LATER);

        assertThat(ends(step)).containsExactly(Lifecycle.GONE);
    }

    @Test
    void isSeenAtOnceOfAnInstanceThatHadServedForLong() {
        Step step = restarted(Lifecycle.STOPPING, LATER, Optional.of(START), Optional.empty())
                .react(List.of(seesNothing(LATER)), LATER);

        assertThat(ends(step)).containsExactly(Lifecycle.GONE);
    }

    @Test
    void isLookedForAgainWhenAnInstanceThatMayBeTooYoungToBeSeenWouldBe() {
        Reconciler reconciler = restarted(Lifecycle.STOPPING, LATER, Optional.empty(), Optional.empty());

        Step unsure = reconciler.react(List.of(seesNothing(LATER)), LATER);
        Instant visible = unsure.wakeAt().orElseThrow();
        Step asking = reconciler.react(List.of(), visible);
        Step certain = reconciler.react(List.of(seesNothing(visible)), visible);

        assertThat(visible).isBetween(LATER.plus(VISIBILITY_DELAY), LATER.plus(VISIBILITY_DELAY.plusSeconds(1)));
        assertThat(ends(unsure)).isEmpty();
        assertThat(unsure.effects()).isEmpty();
        assertThat(asking.effects()).containsExactly(new Effect.Observe("sim"));
        assertThat(ends(certain)).containsExactly(Lifecycle.GONE);
    }

    @Test
    void isAPreemptionWhenTheCloudHadAnnouncedIt() {
        Step step = restarted(Lifecycle.STOPPING, Optional.of(LATER)).react(List.of(saysThatItWasTaken()), LATER);

        assertThat(ends(step)).containsExactly(Lifecycle.PREEMPTED);
    }

    @Test
    void isAPreemptionWhenNobodyHadAskedForIt() {
        Step step = restarted(Lifecycle.READY, Optional.empty()).react(List.of(saysThatItWasTaken()), LATER);

        assertThat(ends(step)).containsExactly(Lifecycle.PREEMPTED);
    }
}
