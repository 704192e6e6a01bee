package dev.skyhedge.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers, and what is asked of them.
abstract class SshCase {
    @TempDir
    Path directory;

    SshHarness harness;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isExecutable(SshServer.SSHD), "there is no sshd: install openssh-server");
        harness = new SshHarness(directory);
    }

    @AfterEach
    void close() {
        if (harness != null) {
            harness.close();
        }
    }

    LaunchRequest request(String token, Map<String, String> environment) {
        return request(harness.workload().command(), token, environment);
    }

    LaunchRequest request(List<String> command, String token, Map<String, String> environment) {
        Workload workload = harness.workload();
        return new LaunchRequest(
                harness.onDemandOffer(),
                new InstanceTags("lineage", "chat", "chat-1", 1, new IdempotencyToken(token)),
                new Workload(Optional.empty(), command, workload.port(), new LinkedHashMap<>(environment)),
                OptionalInt.empty(),
                Optional.empty());
    }

    static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    static Failure failure(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).failure();
    }

    /// A command that runs until it is told to end.
    ///
    /// @param first what it does before, as a shell reads it
    List<String> untilTold(String first) {
        return List.of("sh", "-c", first + "until [ -e '" + told() + "' ]; do sleep 0.05; done");
    }

    void tell() throws IOException {
        Files.createFile(told());
    }

    private Path told() {
        return directory.resolve("told");
    }

    Instance seen(String token) {
        return done(harness.provider().observe("lineage")).instances().stream()
                .filter(one -> one.id().equals(token))
                .findFirst()
                .orElseThrow();
    }

    Instance.End awaitEnd(String token) {
        await("the end of " + token, () -> !seen(token).isLive());
        return seen(token).end().orElseThrow();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadline);
            harness.letTimePass();
        }
    }

    /// The command lines of all processes of this machine, on which the servers are.
    static String processes() {
        return ProcessHandle.allProcesses()
                .flatMap(one -> one.info().commandLine().stream())
                .collect(Collectors.joining("\n"));
    }
}
