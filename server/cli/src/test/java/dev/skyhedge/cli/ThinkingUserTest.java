package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens between the plan that an apply shows and the yes that it gets: the yes is to what was shown.
class ThinkingUserTest extends ShellFixture {
    @BeforeEach
    void runTwoAndWantThree() {
        Shell.Result two = shell.run("apply", "chat.hcl", "-auto-approve");
        assertThat(two.code()).as(two.both()).isZero();
        shell.write("chat.hcl", SpecTexts.CHAT.replace("min_replicas = 2", "min_replicas = 3"));
    }

    private String loseAReplica() {
        Rental lost = cloud.live().getFirst();
        cloud.cloud().exit(lost.instanceId(), "killed");
        return lost.tags().replica();
    }

    @Test
    void whatWasShownIsCarriedOutIfNothingHappened() {
        Shell.Result result = shell.thinking(() -> "yes", "apply", "chat.hcl");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("1 to launch").contains("Replicas: 1 launched");
        assertThat(cloud.live()).hasSize(3);
    }

    @Test
    void aPlanThatHasBecomeAnotherIsNotCarriedOutAndSaysWhatChanged() {
        var lost = new AtomicReference<>("");

        Shell.Result result = shell.thinking(
                () -> {
                    lost.set(loseAReplica());
                    return "yes";
                },
                "apply",
                "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("The plan has changed since it was shown")
                .contains("now also: launch " + lost.get() + " as g6.xlarge spot simulated/")
                .contains("Nothing was changed");
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void theNextApplyGoesOnFromWhatThereIs() {
        shell.thinking(
                () -> {
                    loseAReplica();
                    return "yes";
                },
                "apply",
                "chat.hcl");

        Shell.Result next = shell.answering("yes\n", "apply", "chat.hcl");

        assertThat(next.code()).as(next.both()).isZero();
        assertThat(cloud.live()).hasSize(3);
    }

    @Test
    void aDestroyOfWhatHasChangedIsNotCarriedOut() {
        Shell.Result result = shell.thinking(
                () -> {
                    loseAReplica();
                    return "chat";
                },
                "destroy",
                "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("The plan has changed since it was shown")
                .contains("not any more: end chat-");
        assertThat(cloud.live()).hasSize(1);
    }

    @Test
    void nobodyElseGetsTheLeaseMeanwhile() {
        var other = new AtomicReference<Optional<LeaseResult>>(Optional.empty());

        Shell.Result result = shell.thinking(
                () -> {
                    other.set(Optional.of(acquireFromAnotherMachine()));
                    return "yes";
                },
                "apply",
                "chat.hcl");

        assertThat(other.get())
                .hasValueSatisfying(answer -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                LeaseResult.HeldBy.class,
                                held -> assertThat(held.lease().claim().operation())
                                        .isEqualTo("apply")));
        assertThat(result.code()).as(result.both()).isZero();
        assertThat(cloud.live()).hasSize(3);
        assertThat(acquireFromAnotherMachine()).isInstanceOf(LeaseResult.Granted.class);
    }

    private LeaseResult acquireFromAnotherMachine() {
        var opened = States.open(new StateLocation.Directory(shell.state()), InstantSource.system());
        try (StateStore store = ((OpenResult.Opened) opened).store()) {
            return store.acquire(new LeaseClaim("somebody", "another-machine", 1, 1, "watch"));
        }
    }
}
