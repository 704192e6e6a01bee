package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.IgnoredSignals;
import dev.skyhedge.providers.simulated.Rental;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Interrupted, locked out, and with a state that is gone: nothing is launched that is not known.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
class InterruptedIT {
    private static final Duration GRACE = Duration.ofMillis(100);
    /// Longer than it can take to notice what a run says, however busy the machine is.
    private static final String SLOW_BOOT = "8s";

    @TempDir
    private Path directory;

    private Scene scene;

    @BeforeEach
    void layOut() throws IOException {
        scene = new Scene(directory);
    }

    @AfterEach
    void stop() throws IOException {
        scene.close();
    }

    @Test
    void knowsEverythingThatItLaunchedBeforeItWasInterrupted() throws Exception {
        IgnoredSignals.assumeHeard(IgnoredSignals.Signal.INT);
        scene = new Scene(directory, SLOW_BOOT);
        Run run = scene.start(Operation.APPLY, "");
        run.awaitOutput("Creating...");
        run.interrupt();
        Run.Ended ended = run.await();

        assertThat(ended.exitCode()).as(ended.output()).isOne();
        assertThat(scene.inspect("interrupted").openIntents()).isEmpty();
        scene.recover(Operation.APPLY, "interrupted");
    }

    @Test
    void knowsEverythingThatItLaunchedBeforeItWasInterruptedAndKilled() throws Exception {
        Run run = scene.start(Operation.APPLY, "");
        run.awaitOutput("Creating...");
        run.interrupt();
        if (!run.endsWithin(GRACE)) {
            run.kill();
        }

        scene.inspect("interrupted and killed");
        scene.recover(Operation.APPLY, "interrupted and killed");
    }

    @Test
    void handsASecondApplyToTheWatchThatIsAtWork() throws Exception {
        Run first = scene.start("", List.of("watch", "-admin-port=0"));
        first.awaitOutput("READY");

        Run.Ended second = scene.run("apply", "-auto-approve");
        first.kill();

        assertThat(second.exitCode()).as(second.output()).isZero();
        scene.recover(Operation.WATCH, "two at once");
    }

    @Test
    void launchesOnceWhenTwoApplyAtOnce() throws Exception {
        Run first = scene.start(Operation.APPLY, "");
        Run second = scene.start(Operation.APPLY, "");
        List<Run.Ended> both = List.of(first.await(), second.await());

        assertThat(both).extracting(Run.Ended::exitCode).contains(0);
        assertThat(both)
                .allSatisfy(
                        one -> assertThat(one.exitCode() == 0 || one.output().contains("The state is locked"))
                                .as(one.output())
                                .isTrue());
        scene.judge(Scene.REPLICAS, "two at once");
    }

    @Test
    void launchesNothingWhenTheStateIsGone() throws Exception {
        scene.recover(Operation.APPLY, "nothing before");
        Files.delete(scene.state().resolve("state.mv.db"));

        refusesToApply();
    }

    @Test
    void launchesNothingWhenTheStateIsEmpty() throws Exception {
        scene.recover(Operation.APPLY, "nothing before");
        Files.write(scene.state().resolve("state.mv.db"), new byte[0]);

        refusesToApply();
    }

    @Test
    void launchesNothingWhenTheStateIsDamaged() throws Exception {
        scene.recover(Operation.APPLY, "nothing before");
        byte[] half = Files.readAllBytes(scene.state().resolve("state.mv.db"));
        Files.write(scene.state().resolve("state.mv.db"), java.util.Arrays.copyOf(half, half.length / 2));

        refusesToApply();
    }

    @Test
    void launchesNothingWhereTheStateCannotBeWritten() throws Exception {
        Files.writeString(scene.state(), "a file where the directory should be");

        Run.Ended ended = scene.run("apply", "-auto-approve");

        assertThat(ended.exitCode()).isOne();
        assertThat(ended.output()).contains("Error").doesNotContain("Creating...", "Exception");
    }

    private void refusesToApply() throws Exception {
        List<String> before = scene.cloud().ledger().rentals().stream()
                .map(Rental::instanceId)
                .toList();

        Run.Ended ended = scene.run("apply", "-auto-approve");

        assertThat(ended.exitCode()).isOne();
        assertThat(ended.output()).contains("Error").doesNotContain("Creating...", "Exception");
        assertThat(scene.cloud().ledger().rentals())
                .extracting(Rental::instanceId)
                .isEqualTo(before);
        assertThat(scene.cloud().ledger().live()).hasSize(Scene.REPLICAS);
    }
}
