package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.local.LocalCloud;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A directory with a spec, a state and a cloud in a box: one service of four replicas, each a process that
/// answers HTTP and costs next to nothing.
final class Scene implements AutoCloseable {
    /// Three wanted and a spare.
    static final int REPLICAS = 4;

    private static final String SPEC = """
            provider "local" {
              regions    = { east = ["east-a", "east-b"], west = ["west-a", "west-b"] }
              boot_delay = "%s"
            }

            service "echo" {
              replica {
                command = ["perl", "%s"]
                port    = 8000
                env     = { VERSION = "%d" }
              }

              resources {
                accelerators = ["CPU:1"]
                locations    = ["local/*/*"]
              }

              readiness {
                period        = "200ms"
                initial_delay = "1m"
              }

              placement "spothedge" {
                spares             = 1
                on_demand_fallback = false
              }

              scaling {
                min_replicas = 3
              }

              update {
                surge       = 2
                min_healthy = "500ms"
              }
            }
            """;

    private final Path directory;
    private final Path state;
    private final String bootDelay;
    private int version;
    private int runs;

    Scene(Path directory) throws IOException {
        this(directory, "50ms");
    }

    /// @param bootDelay how long a replica takes to start, in the language's notation
    Scene(Path directory, String bootDelay) throws IOException {
        this.directory = directory;
        this.bootDelay = bootDelay;
        this.state = directory.resolve("state");
        try (InputStream responder = Scene.class.getResourceAsStream("responder.pl")) {
            Files.copy(
                    Objects.requireNonNull(responder, "responder.pl"),
                    directory.resolve("responder.pl"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        changeReplicas();
    }

    Path state() {
        return state;
    }

    LocalCloud cloud() {
        return new LocalCloud(state.resolve("providers/local"));
    }

    /// Makes the spec want another version of every replica.
    void changeReplicas() throws IOException {
        version++;
        Files.writeString(
                directory.resolve("spec.hcl"), SPEC.formatted(bootDelay, directory.resolve("responder.pl"), version));
    }

    Run start(Operation operation, String jvmOptions) throws IOException {
        return start(jvmOptions, operation.arguments());
    }

    /// Starts a command on the spec and the state.
    Run start(String jvmOptions, List<String> words) throws IOException {
        List<String> arguments = new ArrayList<>(words);
        arguments.add("-state=" + state);
        if (!words.getFirst().equals("state")) {
            arguments.add(directory.resolve("spec.hcl").toString());
        }
        return Installed.start(directory.resolve("run-" + runs++ + ".log"), jvmOptions, arguments);
    }

    /// Runs a command to its end.
    Run.Ended run(String... words) throws IOException, InterruptedException {
        return start("", List.of(words)).await();
    }

    /// Runs what brings things in order after an operation that was killed, and holds the state against the
    /// ledger.
    void recover(Operation operation, String killed) throws IOException, InterruptedException {
        judgeRecovery(start(operation.remedy(), ""), operation, killed);
    }

    /// As [#recover], of a run that was started already.
    void judgeRecovery(Run remedy, Operation operation, String killed) throws IOException, InterruptedException {
        Run.Ended ended = remedy.await();
        assertThat(ended.exitCode()).as("%s, then:%n%s", killed, ended.output()).isZero();
        judge(operation.remedy() == Operation.DESTROY ? 0 : REPLICAS, killed);
    }

    /// True at every instant: the state can be read, and nothing was ever launched twice.
    Snapshot inspect(String when) throws IOException {
        assertThat(cloud().ledger().launchedTwice())
                .as("launched twice: %s", when)
                .isEmpty();
        return switch (States.open(new StateLocation.Directory(state), Clock.systemUTC())) {
            case OpenResult.Opened(StateStore store) -> {
                try (store) {
                    yield store.read();
                }
            }
            case OpenResult.Refused(var problem) -> throw new AssertionError("unreadable: " + when + ": " + problem);
        };
    }

    /// True once a run has come to its end: what is rented is recorded, what is recorded is rented, nothing is
    /// undecided.
    void judge(int expected, String when) throws IOException {
        Snapshot snapshot = inspect(when);
        List<String> recorded = snapshot.replicas().stream()
                .filter(replica -> replica.lifecycle().isLive())
                .map(Scene::instanceOf)
                .toList();
        List<String> rented =
                cloud().ledger().live().stream().map(Rental::instanceId).toList();
        assertThat(snapshot.openIntents()).as("open intents: %s", when).isEmpty();
        assertThat(recorded).as("recorded, beside rented: %s", when).containsExactlyInAnyOrderElementsOf(rented);
        assertThat(rented).as("rented: %s", when).hasSize(expected);
    }

    private static String instanceOf(ReplicaRecord replica) {
        return replica.instanceId().orElse("no instance for " + replica.name());
    }

    @Override
    public void close() throws IOException {
        if (Files.isDirectory(state)) {
            cloud().stop();
        }
    }
}
