package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.StateProblem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL server that is still connected to and does not say a word.
class SilentPostgresIT {
    /// More than all limits together, less than for ever.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private Relay relay;
    private String url = "";

    @BeforeAll
    static void needPostgres() {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
    }

    @BeforeEach
    void relay() throws Exception {
        URI server = URI.create(PostgresFixture.running().newDatabase().substring("jdbc:".length()));
        relay = new Relay(server.getPort());
        url = "jdbc:postgresql://127.0.0.1:" + relay.port() + server.getPath();
    }

    @AfterEach
    void hangUp() throws Exception {
        relay.close();
    }

    private OpenResult open() {
        return States.open(
                new StateLocation.PostgreSql(url, Optional.of("postgres"), Optional.empty(), Optional.of(directory)),
                new MovableClock());
    }

    /// What a call came to, which it does in time.
    private static <T> T inTime(Supplier<T> call) {
        var result = CompletableFuture.supplyAsync(call);
        assertThat(result).succeedsWithin(PATIENCE);
        return result.join();
    }

    private void assertUnreachable(StateProblem problem) {
        assertThat(problem.kind()).isEqualTo(StateProblem.Kind.UNREACHABLE);
        assertThat(problem.summary()).isEqualTo("State cannot be reached");
        assertThat(problem.detail()).startsWith(url + " does not answer: ");
    }

    @Test
    void isNotWaitedForToOpenAState() {
        relay.fallSilent();

        assertUnreachable(Opening.refused(inTime(this::open)));
    }

    @Test
    void isNotWaitedForToUseAState() {
        try (StateStore store = Opening.opened(open())) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            List<Change> launch = List.of(
                    Samples.put("chat", 1, 1, Lifecycle.REQUESTED),
                    new Change.OpenIntent(Samples.intent("launch-1", lease.epoch())));

            relay.fallSilent();
            CommitResult commit = inTime(() -> store.commit(lease, launch));
            Optional<StateProblem> reading = inTime(() -> problemOf(store::read));

            assertThat(commit)
                    .isInstanceOfSatisfying(
                            CommitResult.NotSaved.class, notSaved -> assertUnreachable(notSaved.problem()));
            assertThat(reading).hasValueSatisfying(this::assertUnreachable);
        }
    }

    private static Optional<StateProblem> problemOf(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (StateException e) {
            return Optional.of(e.problem());
        }
    }
}
