package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders from another terminal while `skyhedge watch` has the state.
class OrdersIT {
    private static final int WANTED = 2;

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void declare() throws IOException {
        site = new Site(directory);
        site.declare("text", WANTED, "");
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    private String done(String... words) throws InterruptedException {
        Background command = site.start(words);
        int code = command.awaitExit();
        assertThat(code).as(command::printed).isZero();
        return command.printed();
    }

    private String status() {
        try {
            return done("status");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private Background serving() {
        Background watch = site.watch();
        watch.await("two ready", () -> watch.printed().split(" READY ").length > WANTED);
        return watch;
    }

    @Test
    void aWatchIsToldToRestartAReplicaAndToPauseAServiceWhichASuccessorKeepsPaused() throws Exception {
        Background watch = serving();

        assertThat(done("replica", "restart", "web-1"))
                .contains("is handed to `skyhedge watch`")
                .contains("web-1: Creation complete")
                .contains("web-1#1 has ended; 2 of 2 serve.");
        done("service", "pause", "web", "-auto-approve");
        assertThat(site.live()).isZero();
        watch.close();

        Background successor = site.watch();
        successor.awaitText("Endpoint of service.web");
        assertThat(done("status")).contains("PAUSED");
        assertThat(done("service", "resume", "web")).contains("web is not paused any more.");
        site.awaitAnswer("200 text");
        assertThat(site.live()).isEqualTo(WANTED);
    }

    @Test
    void whatAKilledWatchHadAcceptedIsDoneByItsSuccessorOnce() throws Exception {
        Background watch = serving();
        Background replace = site.start("replica", "replace", "web-1");
        replace.awaitText("Accepted: web-1#1");
        watch.close();

        site.watch();

        assertThat(replace.awaitExit()).as(replace::printed).isZero();
        assertThat(site.everRented()).isEqualTo(WANTED + 1);
        assertThat(site.live()).isEqualTo(WANTED);
    }

    @Test
    void applyFromAnotherTerminalSaysYesToWhatWaitsAndFollowsItUntilItIsReady() throws Exception {
        Background watch = site.watch("-approve=ask");
        watch.await("two ready", () -> watch.printed().split(" READY ").length > WANTED);
        site.declare("next", WANTED, "");
        watch.awaitText("Apply this?");
        Background.await(
                () -> "the change in the status", () -> status().contains("waits for a yes. Plan: 0 to launch, 2 to"));

        Background apply = site.start("apply", "web.hcl", "-auto-approve");

        assertThat(apply.awaitExit()).as(apply::printed).isZero();
        assertThat(apply.printed())
                .contains("Plan: 0 to launch, 2 to replace")
                .contains("Done: every service is ready.")
                .contains("Apply complete! Replicas: 0 launched, 2 replaced");
        assertThat(site.ask("/")).isEqualTo("200 next");
        assertThat(status()).doesNotContain("waits for a yes");
        assertThat(watch.printed().split("Apply this\\?")).hasSize(2);
    }

    @Test
    void aWatchThatStoodByWhileEverythingWasEndedEndsToo() throws Exception {
        Background watch = serving();
        Background standby = site.watch();
        standby.awaitText("Waiting: the state is leased to `skyhedge watch`");

        done("destroy", "web.hcl", "-auto-approve");

        assertThat(watch.awaitExit()).as(watch::printed).isZero();
        assertThat(standby.awaitExit()).as(standby::printed).isZero();
        assertThat(standby.printed()).contains("Everything has ended, as ordered.");
        assertThat(site.live()).isZero();
        assertThat(site.everRented()).isEqualTo(WANTED);
    }

    @Test
    void applyOfAnotherSpecIsRefusedAndDestroyEndsEverythingAndTheWatch() throws Exception {
        Background watch = serving();
        Files.copy(directory.resolve("web.hcl"), directory.resolve("other.hcl"));

        Background other = site.start("apply", "other.hcl", "-auto-approve");
        assertThat(other.awaitExit()).isEqualTo(1);
        assertThat(other.printed()).contains("The watching process follows another spec");
        assertThat(site.live()).isEqualTo(WANTED);

        assertThat(done("destroy", "web.hcl", "-auto-approve"))
                .contains("service.web will be destroyed")
                .contains("Done: everything has ended.")
                .contains("Destroy complete! Replicas: 0 launched, 0 replaced, 2 terminated.");
        assertThat(watch.awaitExit()).as(watch::printed).isZero();
        assertThat(watch.printed()).contains("Everything has ended, as ordered.");
        assertThat(site.live()).isZero();
        assertThat(site.everRented()).isEqualTo(WANTED);
    }
}
