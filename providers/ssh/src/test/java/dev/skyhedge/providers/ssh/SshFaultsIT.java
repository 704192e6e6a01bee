package dev.skyhedge.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What goes wrong between two machines.
class SshFaultsIT extends SshCase {
    @Test
    void aLaunchWhoseAnswerWasLostIsFoundAndNotMadeTwice() {
        LaunchRequest request = request("sh1", Map.of());
        Instance first = done(harness.provider().launch(request));

        Instance again = done(harness.secondClient().launch(request));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(done(harness.provider().observe("lineage")).instances()).hasSize(1);
    }

    @Test
    void aMachineThatIsOffIsUnreachableAndNotEmpty() {
        done(harness.provider().launch(request("sh1", Map.of())));
        harness.a.stop();

        Observation seen = done(harness.provider().observe("lineage"));
        Failure refused = failure(harness.provider().launch(request("sh2", Map.of())));

        assertThat(seen.instances()).isEmpty();
        assertThat(seen.unreachable())
                .singleElement()
                .satisfies(one -> assertThat(one.locations().toString()).isEqualTo("ssh/own/a"));
        assertThat(refused).isInstanceOf(Failure.NoCapacity.class);
    }

    @Test
    void aMachineWithAnotherKeyIsRefused() throws Exception {
        Path other = SshServer.key(directory.resolve("other"));
        Files.writeString(
                directory.resolve("known"),
                "[127.0.0.1]:" + harness.a.port + " " + Files.readString(Path.of(other + ".pub")));

        assertThat(failure(harness.provider().launch(request("sh1", Map.of()))))
                .isInstanceOf(Failure.UnsupportedHere.class)
                .extracting(Failure::message)
                .asString()
                .contains("Host key verification failed");
    }

    @Test
    void aMachineThatTakesTheConnectionAndSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var settings = SshSettings.read(
                    Map.of(
                            "connect_timeout",
                            BigDecimal.ONE,
                            "hosts",
                            Map.of(
                                    "a",
                                    Map.of(
                                            "address", "127.0.0.1",
                                            "port", BigDecimal.valueOf(silent.getLocalPort()),
                                            "accelerators", "CPU:2"))),
                    System.getenv());
            try (var provider = new SshProvider(settings, InstantSource.system(), Duration.ofSeconds(1))) {
                assertThat(failure(provider.observe(""))).isNotNull();
            }
        }
    }

    @Test
    void whatEndsByItselfLeavesNoVariables() throws Exception {
        String secret = "a-secret-of-" + System.nanoTime();
        done(harness.provider().launch(request(untilTold(""), "sh1", Map.of("KEY", secret))));
        assertThat(filesWith(secret)).as("while it runs").isNotEmpty();

        tell();
        awaitEnd("sh1");

        assertThat(filesWith(secret)).isEmpty();
    }

    @Test
    void variablesAreInNoListOfProcesses() throws Exception {
        String secret = "a-secret-of-" + System.nanoTime();
        Instance launched = done(harness.provider().launch(request("sh1", Map.of("KEY", secret))));

        assertThat(processes()).contains("echo ready").doesNotContain(secret);
        done(harness.provider().terminate(launched.id(), launched.offer().location()));
        assertThat(filesWith(secret)).isEmpty();
    }

    private List<Path> filesWith(String text) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
