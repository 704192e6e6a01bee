package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.local.LocalCloud;
import dev.skyhedge.state.store.PostgresFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watching processes whose shared state goes away.
class StateAwayIT {
    @TempDir
    private Path directory;

    private Site site;
    private PostgresFixture postgres;
    private String state = "";

    @BeforeEach
    void declare() throws IOException {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
        postgres = PostgresFixture.running();
        state = "-state=" + postgres.newDatabase() + "?user=postgres";
        site = new Site(directory);
        site.declare("here", 1, "");
    }

    @AfterEach
    void stop() throws IOException {
        if (site != null) {
            site.close();
            new LocalCloud(directory.resolve(".skyhedge/providers/local")).stop();
        }
    }

    @Test
    void endpointServesOnAndControlComesBackWithTheState() throws Exception {
        Background leader = site.watch(state);
        site.awaitAnswer("200 here");
        Background standby = site.watch(state);
        standby.awaitText("Waiting: the state is leased to `skyhedge watch`");

        postgres.crash();
        leader.awaitText("State cannot be reached");
        standby.awaitText("State cannot be reached");
        String answer = site.ask("/");
        postgres.restart();
        leader.await("control", () -> (leader.printed() + standby.printed()).contains("Going on."));
        site.declare("anew", 1, "");
        site.awaitAnswer("200 anew");

        assertThat(answer).isEqualTo("200 here");
        assertThat(leader.isAlive()).isTrue();
        assertThat(standby.isAlive()).isTrue();
        assertThat(leader.printed() + standby.printed()).doesNotContain("\tat ");
    }

    @Test
    void aStoppedLeaderOfTheSameMachineIsSucceededAndItsPortIsHadFromIt() throws Exception {
        Background leader = site.watch(state);
        site.awaitAnswer("200 here");
        Background standby = site.watch(state);
        standby.awaitText("Waiting: the state is leased to `skyhedge watch`");

        leader.signal("STOP");
        standby.awaitText("is stopped or hangs, and is in the way: it is ended.");
        site.awaitAnswer("200 here");

        assertThat(standby.isAlive()).isTrue();
    }
}
