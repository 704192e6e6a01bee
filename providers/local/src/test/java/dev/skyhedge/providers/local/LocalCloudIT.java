package dev.skyhedge.providers.local;

import static dev.skyhedge.providers.local.Box.LINEAGE;
import static dev.skyhedge.providers.local.Box.await;
import static dev.skyhedge.providers.local.Box.awaitLog;
import static dev.skyhedge.providers.local.Box.awaitState;
import static dev.skyhedge.providers.local.Box.done;
import static dev.skyhedge.providers.local.Box.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCloudIT {
    @TempDir
    Path directory;

    @AfterEach
    void stopCloud() throws IOException {
        new LocalCloud(directory).stop();
    }

    @Test
    void instancesOutliveTheDaemonAndAreAdoptedByTheNext() throws Exception {
        Provider provider = Box.open(directory);
        Instance stays = launch(provider, "chat-1", "sleep", "120");
        Instance dies = launch(provider, "chat-2", "sleep", "120");
        Endpoint before = awaitState(provider, stays.id(), InstanceState.RUNNING)
                .endpoint()
                .orElseThrow();
        awaitState(provider, dies.id(), InstanceState.RUNNING);
        long firstDaemon = daemonPid();

        kill(firstDaemon);
        kill(pid(dies));

        Instance adopted = awaitState(provider, stays.id(), InstanceState.RUNNING);
        assertThat(daemonPid()).isNotEqualTo(firstDaemon);
        assertThat(adopted.endpoint()).contains(before);
        assertThat(awaitState(provider, dies.id(), InstanceState.ENDED)
                        .end()
                        .orElseThrow()
                        .cause())
                .isEqualTo(EndCause.EXITED);
        assertThat(done(provider.launch(request("chat-1", "sleep", "120"))).id())
                .isEqualTo(stays.id());
        done(provider.terminate(stays.id(), stays.offer().location()));
        awaitState(provider, stays.id(), InstanceState.ENDED);
        assertThat(ProcessHandle.of(pid(stays)).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void twoClientsThatStartAtOnceGetOneDaemonAndTheirInstancesOutliveThem() throws Exception {
        List<Process> clients = List.of(client("chat-1"), client("chat-2"));

        for (Process client : clients) {
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("launched i-");
        }

        Provider provider = Box.open(directory);
        List<Instance> seen = done(provider.observe(LINEAGE)).instances();
        assertThat(seen).hasSize(2).allMatch(Instance::isLive);
        seen.forEach(one -> awaitState(provider, one.id(), InstanceState.RUNNING));
    }

    @Test
    void stopLeavesNoProcessEvenIfTermIsIgnored() throws Exception {
        Provider provider = Box.open(directory);
        Instance stubborn =
                launch(provider, "chat-1", "sh", "-c", "trap '' TERM; sleep 120 & echo child $!; wait; sleep 120");
        String log = awaitLog(provider, stubborn, "child ");
        long child = Long.parseLong(log.strip().substring("child ".length()));
        long leader = pid(stubborn);
        long daemon = daemonPid();

        assertThat(new LocalCloud(directory).stop()).isTrue();

        await("end of the child", () -> !lives(child));
        assertThat(lives(leader)).isFalse();
        assertThat(lives(daemon)).isFalse();
        assertThat(new LocalCloud(directory).ledger().live()).isEmpty();
        assertThat(new LocalCloud(directory).status()).isEmpty();
    }

    @Test
    void terminatedDaemonTakesItsInstancesWithIt() throws Exception {
        Provider provider = Box.open(directory);
        Instance one = launch(provider, "chat-1", "sleep", "120");
        awaitState(provider, one.id(), InstanceState.RUNNING);
        long daemon = daemonPid();

        assertThat(ProcessHandle.of(daemon).orElseThrow().destroy()).isTrue();

        await("end of the daemon", () -> !lives(daemon));
        assertThat(lives(pid(one))).isFalse();
        assertThat(new LocalCloud(directory).ledger().live()).isEmpty();
    }

    @Test
    void commandThatDoesNotExistFailsToStart() {
        Provider provider = Box.open(directory);

        Instance one = launch(provider, "chat-1", "no-such-command-here");

        Instance.End end =
                awaitState(provider, one.id(), InstanceState.ENDED).end().orElseThrow();
        assertThat(end.cause()).isEqualTo(EndCause.FAILED_TO_START);
        assertThat(end.detail()).isEqualTo("no such command: no-such-command-here");
    }

    @Test
    void exitedWorkloadTellsItsStatus() {
        Provider provider = Box.open(directory);

        Instance one = launch(provider, "chat-1", "sh", "-c", "exit 7");

        Instance.End end =
                awaitState(provider, one.id(), InstanceState.ENDED).end().orElseThrow();
        assertThat(end.cause()).isEqualTo(EndCause.EXITED);
        assertThat(end.detail()).isEqualTo("exit status 7");
    }

    @Test
    void imageWithoutCommandIsUnsupported() {
        Provider provider = Box.open(directory);
        LaunchRequest plain = request("chat-1", "unused");
        Workload image = new Workload(Optional.of("vllm/vllm-openai"), List.of(), 8000, new LinkedHashMap<>());

        Outcome<Instance> outcome = provider.launch(new LaunchRequest(plain.offer(), plain.tags(), image));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.UnsupportedHere.class));
    }

    @Test
    void workloadKnowsItsPortAndItsSecretStaysInItsEnvironment() throws Exception {
        Provider provider = Box.open(directory);
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put("API_KEY", "very-secret-value");
        LaunchRequest request = request(
                "chat-1",
                environment,
                "sh",
                "-c",
                "echo arg $0 key $API_KEY | tr a-z A-Z; echo for $SKYHEDGE_REPLICA; exec sleep 120",
                "${PORT}");

        Instance one = done(provider.launch(request));
        String log = awaitLog(provider, one, "for chat-1");

        int port = Box.seen(provider, one.id()).endpoint().orElseThrow().port();
        assertThat(log).contains("ARG " + port + " KEY VERY-SECRET-VALUE");
        assertThat(Files.readString(Path.of("/proc", Long.toString(pid(one)), "cmdline")))
                .doesNotContain("very-secret-value");
        assertThat(filesOf(directory))
                .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("very-secret-value"));
    }

    @Test
    void filesAreTheOwnersAndCallsNeedTheSecret() throws Exception {
        Provider provider = Box.open(directory.resolve("box"));
        try {
            DaemonFiles files = new DaemonFiles(directory.resolve("box"));
            DaemonFiles.Address address = files.readAddress().orElseThrow();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.address())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.directory())))
                    .isEqualTo("rwx------");
            HttpURLConnection stranger =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + address.port() + "/v1/status")
                            .toURL()
                            .openConnection();
            stranger.setReadTimeout(10_000);
            stranger.setRequestProperty("Authorization", "Bearer wrong");
            assertThat(stranger.getResponseCode()).isEqualTo(401);
        } finally {
            provider.close();
            new LocalCloud(directory.resolve("box")).stop();
        }
    }

    @Test
    void otherSettingsReplaceAnIdleCloudAndConflictWithABusyOne() {
        SequencedMap<String, Object> other = Box.settings();
        other.put("boot_delay", "10ms");
        Box.open(directory).close();

        Provider provider = done(Box.tryOpen(directory, other));
        launch(provider, "chat-1", "sleep", "120");

        assertThat(Box.tryOpen(directory, Box.settings()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Conflict.class));
    }

    @Test
    void commandShowsLedgerAndStops() {
        Provider provider = Box.open(directory);
        Instance one = launch(provider, "chat-1", "sleep", "120");

        assertThat(command("ledger")).contains(one.id()).contains("chat-1").contains("live");
        assertThat(command("status")).contains("1 instances");
        assertThat(command("stop")).contains("has stopped");
        assertThat(command("status")).contains("No cloud in a box runs.");
    }

    private String command(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new LocalCloudCommand().run(List.of(words), directory, new PrintWriter(out), new PrintWriter(err));
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }

    private static Instance launch(Provider provider, String replica, String... command) {
        return done(provider.launch(request(replica, command)));
    }

    private Process client(String replica) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneShotClient.class.getName(),
                        directory.toString(),
                        replica)
                .redirectErrorStream(true)
                .start();
    }

    private long daemonPid() throws IOException {
        return new LocalCloud(directory).status().orElseThrow().pid();
    }

    private long pid(Instance instance) throws IOException {
        Rental rental = new LocalCloud(directory).ledger().rental(instance.id()).orElseThrow();
        return Long.parseLong(rental.machine().substring(0, rental.machine().indexOf(':')));
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        await("end of " + pid, () -> !lives(pid));
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        return files;
    }
}
