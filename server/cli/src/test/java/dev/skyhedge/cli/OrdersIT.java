package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
}
