package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Needs `/proc` to look for processes that nobody knows of.
@EnabledOnOs(OS.LINUX)
class DaemonCrashIT {
    private static final int ROUNDS = 5;
    private static final int LAUNCHES = 3;
    private static final long STEP_NANOS = 4_000_000;

    @TempDir
    Path directory;

    @AfterEach
    void stopCloud() throws IOException {
        new LocalCloud(directory).stop();
    }

    @Test
    void daemonKilledWhileInstancesStartLeavesNoneThatTheNextDoesNotKnow() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Provider provider = Box.open(directory);
            for (int i = 0; i < LAUNCHES; i++) {
                Box.done(provider.launch(Box.request("r-" + round + "-" + i, marked(), "sleep", "120")));
            }
            LockSupport.parkNanos(round * STEP_NANOS);
            kill();
            provider.close();
        }

        Provider provider = Box.open(directory);
        Box.await(
                "all settled",
                () -> instances(provider).stream()
                        .allMatch(one -> one.state() == InstanceState.RUNNING || one.state() == InstanceState.ENDED));
        long running = instances(provider).stream().filter(Instance::isLive).count();
        assertThat(instances(provider)).hasSize(ROUNDS * LAUNCHES);
        Box.await("as many processes as instances", () -> marks().size() == running);

        assertThat(new LocalCloud(directory).stop()).isTrue();

        assertThat(marks()).isEmpty();
    }

    private SequencedMap<String, String> marked() {
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put("MARK", directory.toString());
        return environment;
    }

    private static List<Instance> instances(Provider provider) {
        return Box.done(provider.observe(Box.LINEAGE)).instances();
    }

    private void kill() throws IOException {
        long pid = new LocalCloud(directory).status().orElseThrow().pid();
        ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
        assertThat(daemon.destroyForcibly()).isTrue();
        Box.await("end of the daemon", () -> !daemon.isAlive());
    }

    private List<Path> marks() {
        List<Path> marked = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.filter(this::isMarked).forEach(marked::add);
        } catch (IOException e) {
            throw new AssertionError("No /proc", e);
        }
        return marked;
    }

    private boolean isMarked(Path process) {
        if (!process.getFileName().toString().matches("\\d+")) {
            return false;
        }
        try {
            String environment =
                    new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return environment.contains("MARK=" + directory + "\0");
        } catch (IOException e) {
            // It ended while we looked, or is not ours.
            return false;
        }
    }
}
