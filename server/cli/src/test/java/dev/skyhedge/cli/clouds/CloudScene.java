package dev.skyhedge.cli.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.clouds.FakeCloudProcess.Entry;
import dev.skyhedge.cli.crash.Installed;
import dev.skyhedge.cli.crash.Run;
import dev.skyhedge.spi.testing.TestPorts;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A directory with a spec, a state, and the fakes of the clouds that the spec names.
final class CloudScene implements AutoCloseable {
    private static final String SERVICE = """
            service "chat" {
              replica {
                image = "example"
                port  = %d

                # The fakes' machines are on this one.
                access {
                  plaintext = "accept"
                }
              }

              resources {
                accelerators = ["T4:1"]
                locations    = [%s]
              }

              readiness {
                period          = "200ms"
                initial_delay   = "1m"
                failure_timeout = "2s"
              }

              placement "spothedge" {
                spares             = %d
                on_demand_fallback = false
              }

              scaling {
                min_replicas = %d
              }
            }
            """;

    private final Path directory;
    private final int wanted;
    private final int spares;
    private final Map<Cloud, FakeCloudProcess> fakes = new EnumMap<>(Cloud.class);
    private final List<Run> started = new ArrayList<>();

    /// Starts the fakes and writes the spec.
    ///
    /// @param wanted replicas wanted
    /// @param spares kept beyond them
    CloudScene(Path directory, int wanted, int spares, List<Cloud> clouds, String... locations) throws IOException {
        this.directory = directory;
        this.wanted = wanted;
        this.spares = spares;
        Path home = Installed.home();
        StringBuilder spec = new StringBuilder();
        for (Cloud cloud : clouds) {
            FakeCloudProcess fake = new FakeCloudProcess(cloud, home, directory.resolve(cloud.word() + ".log"));
            fakes.put(cloud, fake);
            spec.append(cloud.block(fake.endpoint())).append('\n');
        }
        spec.append(SERVICE.formatted(freePort(), quoted(locations), spares, wanted));
        Files.writeString(directory.resolve("spec.hcl"), spec.toString());
    }

    /// One that is free now; instances have addresses of their own, so one does for all.
    private static int freePort() {
        return TestPorts.free();
    }

    private static String quoted(String... locations) {
        return String.join(
                ", ", List.of(locations).stream().map(one -> '"' + one + '"').toList());
    }

    int wanted() {
        return wanted;
    }

    int wantedWithSpares() {
        return wanted + spares;
    }

    FakeCloudProcess fake(Cloud cloud) {
        FakeCloudProcess fake = fakes.get(cloud);
        if (fake == null) {
            throw new IllegalArgumentException("No fake of " + cloud);
        }
        return fake;
    }

    /// What is rented now in all clouds.
    List<Entry> live() throws IOException {
        return ledger().stream().filter(Entry::live).toList();
    }

    private List<Entry> ledger() throws IOException {
        List<Entry> all = new ArrayList<>();
        for (FakeCloudProcess fake : fakes.values()) {
            all.addAll(fake.ledger());
        }
        return all;
    }

    /// Starts a command on the state, and on the spec unless it only looks at the state.
    Run start(String jvmOptions, String... words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("-state=" + directory.resolve("state"));
        if (!words[0].equals("status")) {
            arguments.add(directory.resolve("spec.hcl").toString());
        }
        Run run = Installed.start(directory.resolve("run-" + started.size() + ".log"), jvmOptions, arguments);
        started.add(run);
        return run;
    }

    Run.Ended run(String... words) throws IOException, InterruptedException {
        return start("", words).await();
    }

    /// Runs a command that must succeed.
    Run.Ended succeed(String... words) throws IOException, InterruptedException {
        Run.Ended ended = run(words);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended;
    }

    /// How many replicas may take traffic, as the state has it.
    int ready(String when) throws IOException {
        return (int) state(when).replicas().stream()
                .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                .count();
    }

    /// True at every instant: no launch ever had two instances.
    void requireNoDuplicate(String when) throws IOException {
        assertThat(ledger())
                .as("launched twice: %s", when)
                .extracting(Entry::token)
                .doesNotHaveDuplicates();
    }

    /// True once a run has come to its end: what is rented is recorded, what is recorded is rented, nothing is
    /// undecided.
    void judge(int expected, String when) throws IOException {
        requireNoDuplicate(when);
        Snapshot snapshot = state(when);
        List<String> recorded = snapshot.replicas().stream()
                .filter(replica -> replica.lifecycle().isLive())
                .map(replica -> replica.token().toString())
                .toList();
        List<String> rented = live().stream().map(Entry::token).toList();
        assertThat(snapshot.openIntents()).as("open intents: %s", when).isEmpty();
        assertThat(rented).as("rented, beside recorded: %s", when).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(rented).as("rented: %s", when).hasSize(expected);
    }

    private Snapshot state(String when) throws IOException {
        var location = new StateLocation.Directory(directory.resolve("state"));
        return switch (States.open(location, Clock.systemUTC())) {
            case OpenResult.Opened(StateStore store) -> {
                try (store) {
                    yield store.read();
                }
            }
            case OpenResult.Refused(var problem) -> throw new AssertionError("unreadable: " + when + ": " + problem);
        };
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // Only a test that failed leaves some.
        for (Run run : started) {
            run.kill();
        }
        for (FakeCloudProcess fake : fakes.values()) {
            fake.close();
        }
    }
}
