package dev.skyhedge.providers.cloud.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.LaunchRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of a workload in a container, run by a real shell with a stub of docker that notes what it is told.
/// What it is to refuse is in files named for its orders, a line for each time.
class WorkloadBootIT {
    private static final String STUB = """
            #!/bin/sh
            echo "$@" >> docker.log
            refused() {
              [ -s "refuse-$1" ] || return 1
              sed -i 1d "refuse-$1"
            }
            case "$1" in
              image) exit 1 ;;
              pull) refused pull && { echo 'toomanyrequests: rate limit'; exit 1; } ;;
              run) refused run && { echo 'fabric manager is not up'; exit 125; }
                while [ "$1" != python3 ]; do shift; done
                exec "$@" ;;
            esac
            exit 0
            """;
    private static final String LISTENS = """
            import socket, sys
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen()
            while True:
                c, _ = s.accept(); c.close()
            """;
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    Path directory;

    @BeforeEach
    void makeDocker() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path docker = Files.writeString(bin.resolve("docker"), STUB);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void refuse(String order, int times) throws Exception {
        Files.writeString(directory.resolve("refuse-" + order), "no\n".repeat(times));
    }

    private LaunchRequest request(BootedMachine machine, String program) throws Exception {
        Path file = Files.writeString(directory.resolve("workload.py"), program);
        return machine.request(
                Optional.of("model"), List.of("python3", file.toString(), Integer.toString(machine.port())));
    }

    private static List<String> orders(BootedMachine machine, String word) {
        return machine.read("docker.log")
                .lines()
                .filter(line -> line.startsWith(word + " "))
                .toList();
    }

    /// Waits until what the boot script started for the workload has ended.
    private static void awaitEnd(BootedMachine machine) {
        ProcessHandle.of(Long.parseLong(machine.read("workload.pid").strip()))
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(ProcessHandle.current()))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aPullThatARegistryRefusesIsRepeated() throws Exception {
        refuse("pull", 2);
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine, LISTENS));

            machine.awaitNotice("READY");

            assertThat(orders(machine, "pull")).hasSize(3).allMatch(line -> line.endsWith(" model"));
            assertThat(orders(machine, "run")).hasSize(1);
        }
    }

    @Test
    void aContainerThatDockerCannotStartYetIsStartedAgain() throws Exception {
        refuse("run", 2);
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine, LISTENS));

            machine.awaitNotice("READY");

            assertThat(orders(machine, "run")).hasSize(3);
            assertThat(orders(machine, "pull")).hasSize(1);
        }
    }

    @Test
    void aRegistryThatNeverGivesTheImageIsSaidAndNothingIsStarted() throws Exception {
        refuse("pull", 100);
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine, LISTENS));

            awaitEnd(machine);

            assertThat(machine.read("workload.log"))
                    .contains("toomanyrequests")
                    .contains("skyhedge: the image could not be pulled");
            assertThat(orders(machine, "run")).isEmpty();
        }
    }

    @Test
    void theEndOfAWorkloadIsSaidWithItsExitCodeAndIsNotRepeated() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine, "import sys; print('no such model'); sys.exit(3)"));

            awaitEnd(machine);

            assertThat(machine.read("workload.log"))
                    .contains("no such model")
                    .endsWith("skyhedge: the workload has ended with exit code 3\n");
            assertThat(orders(machine, "run")).hasSize(1);
        }
    }

    @Test
    void itsLogIsRotatedAndItMayShareAndLockMemory() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine, LISTENS));
            machine.awaitNotice("READY");

            assertThat(orders(machine, "run").getFirst())
                    .contains(" --log-driver json-file --log-opt max-size=50m --log-opt max-file=3 ")
                    .contains(" --shm-size 16g ")
                    .contains(" --ulimit memlock=-1 ")
                    .contains(" --ulimit nofile=1048576:1048576 ");
        }
    }
}
