package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Answers that are lost, late, refused or surprising.
class LaunchFailuresTest extends RunningServices {
    @Test
    void findsALaunchWhoseAnswerWasLost() {
        cloud.faults().next(Call.LAUNCH, new Fault.AnswerLost());

        var controller = serving(CHAT);

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(ready(controller)).containsExactly("chat-1");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void repeatsALaunchThatNeverArrivedUnderTheSameTokenSoon() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        cloud.faults().next(Call.LAUNCH, new Fault.CallLost());

        controller.run(Duration.ofSeconds(5));

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(1);
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.PROVISIONING);
    }

    @Test
    void endsAnInstanceThatAppearsAfterItsLaunchWasGivenUp() {
        cloud.faults().next(Call.LAUNCH, new Fault.Late(Duration.ofMinutes(5)));
        cloud.faults().unreachable(LocationPattern.parse("sim/west"), new Failure.Throttled(Duration.ZERO, ""));
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofSeconds(1));
        controller.declare(Declared.all());

        controller.run(Duration.ofMinutes(20));

        assertThat(controller.live()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void asksASilentProviderAgainWithoutHurry() {
        var controller = serving(CHAT);
        cloud.faults().next(Call.LAUNCH, new Fault.CallLost());
        cloud.preempt(replica(controller, "chat-1").instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofMillis(1));
        cloud.faults()
                .next(
                        Call.OBSERVE,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.Denied("the key has expired")),
                        Integer.MAX_VALUE);
        long steps = controller.steps();

        controller.run(Duration.ofHours(1));

        assertThat(controller.steps() - steps).isLessThan(3_000);
    }

    @Test
    void learnsNothingOfAZoneFromAMistakeOfOurs() {
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("no such image")),
                        1_000);

        var controller = serving(CHAT);

        assertThat(controller.store().read().zoneHealth()).isEmpty();
        assertThat(replica(controller, "chat-1").reason()).contains("no such image");
        assertThat(replica(controller, "chat-1").generation()).isLessThan(15);
    }

    @Test
    void triesTheNextZoneAtOnceWhenOneIsFull() {
        cloud.closeZone(SimulatedClouds.EAST_A);

        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofSeconds(3));

        assertThat(replica(controller, "chat-1").offer().location()).isEqualTo(SimulatedClouds.EAST_B);
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(2);
        assertThat(replica(controller, "chat-1").failures()).isZero();
    }

    @Test
    void asksForAQuotaRarelyButNotTooRarely() {
        var quota = new Failure.Quota(
                new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty()), "limit of 0 GPUs");
        cloud.faults().next(Call.LAUNCH, LocationPattern.parse("*"), new Fault.Refused(quota), Integer.MAX_VALUE);

        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofMinutes(50));

        assertThat(replica(controller, "chat-1").generation()).isBetween(8, 20);
        assertThat(controller.lastStep().plan().services().getFirst().notes())
                .anySatisfy(note -> assertThat(note).contains("limit of 0 GPUs"));
    }

    @Test
    void blamesNoZoneForAReplicaThatItEndedItself() {
        Cloud forgetful = SimulatedClouds.calm(SimulatedClouds.rules().withEndedRetention(Duration.ofSeconds(1)));
        var controller = new VirtualController(forgetful, Declared.all(CHAT.wants(2)));
        controller.run(A_WHILE);

        controller.goesDeaf();
        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(A_WHILE);

        assertThat(replica(controller, "chat-2").lifecycle()).isEqualTo(Lifecycle.GONE);
        assertThat(controller.store().read().zoneHealth())
                .noneMatch(zone -> zone.status() == ZoneHealth.Status.PREEMPTING);
    }

    @Test
    void seesAnInstanceRunThatBootsFasterThanItsLaunchIsAnswered() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.callsTake(Duration.ofSeconds(35));

        controller.run(Duration.ofSeconds(90));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.READY);
    }

    @Test
    void adoptsWhatRunsUnderANewerGenerationThanTheStateKnows() {
        var before = serving(CHAT.wants(2));
        assertThat(before.live()).hasSize(2);

        // Another state of the same lineage that knows the service and none of its replicas.
        var amnesiac = new VirtualController(cloud, Declared.all(CHAT.wants(2)));
        amnesiac.run(A_WHILE);

        assertThat(cloud.ledger().rentals()).hasSize(2);
        assertThat(kinds(amnesiac)).contains("adopted");
        Judge.stateAndCloudAgree(amnesiac);
    }
}
