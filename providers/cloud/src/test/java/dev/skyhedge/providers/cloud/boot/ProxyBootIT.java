package dev.skyhedge.providers.cloud.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Entrance;
import dev.skyhedge.spi.LaunchRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of a workload behind a proxy, run by a real shell with a stub of docker that notes what it is told and
/// runs the workload as a process.
class ProxyBootIT {
    private static final Entrance ENTRANCE =
            new Entrance("a certificate\n", "a private key\n", "X-Api-Key", "key-of-this-launch");
    private static final String STUB = """
            #!/bin/sh
            echo "$@" >> docker.log
            case "$1 $2" in
              "run -d") [ -e refused ] || { : > refused; exit 125; } ;;
              "run --name") while [ "$1" != python3 ]; do shift; done; exec "$@" ;;
            esac
            """;
    private static final String WORKLOAD = """
            import os, socket, sys
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen()
            while True:
                c, _ = s.accept(); c.close()
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void makeDocker() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path docker = Files.writeString(bin.resolve("docker"), STUB);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("workload.py"), WORKLOAD);
    }

    /// The stub runs the command on the machine, so that the command names the port where docker would publish it.
    private LaunchRequest request(BootedMachine machine) {
        int inner = Proxy.inner(machine.port());
        return machine.request(
                Optional.of("model"),
                List.of("python3", directory.resolve("workload.py").toString(), Integer.toString(inner)),
                Optional.of(ENTRANCE));
    }

    @Test
    void theProxyStartsBeforeTheWorkloadAlsoWhenItsImageIsNotToBeHadAtOnce() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine));

            machine.awaitNotice("READY");

            List<String> runs = machine.read("docker.log")
                    .lines()
                    .filter(line -> line.startsWith("run "))
                    .toList();
            assertThat(runs).hasSize(3);
            assertThat(runs.subList(0, 2))
                    .allMatch(line -> line.contains("--name skyhedge-proxy")
                            && line.contains("-v " + directory + "/proxy:/etc/skyhedge:ro")
                            && line.contains(Proxy.IMAGE + " nginx -c /etc/skyhedge/nginx.conf"));
            assertThat(runs.getLast())
                    .contains("--name skyhedge-workload")
                    .contains("-p 127.0.0.1:" + Proxy.inner(machine.port()) + ":" + machine.port() + " ");
        }
    }

    @Test
    void whatIsSecretIsInFilesOfTheOwnerAndInNoArgument() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine));
            machine.awaitNotice("READY");

            assertThat(machine.read("proxy/key.pem")).isEqualTo(ENTRANCE.privateKey());
            assertThat(machine.read("proxy/certificate.pem")).isEqualTo(ENTRANCE.certificate());
            for (String name : List.of("key.pem", "nginx.conf")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                directory.resolve("proxy").resolve(name))))
                        .isEqualTo("rw-------");
            }
            assertThat(machine.read("docker.log"))
                    .doesNotContain(ENTRANCE.value())
                    .doesNotContain("private");
        }
    }

    @Test
    void theProxyAsksForTheKeyByTlsAndPassesOnToTheLoopbackAddress() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE, request(machine));
            machine.awaitNotice("READY");

            assertThat(machine.read("proxy/nginx.conf"))
                    .contains("listen " + machine.port() + " ssl;")
                    .contains("if ($http_x_api_key != \"key-of-this-launch\") { return 401; }")
                    .contains("proxy_pass http://127.0.0.1:" + Proxy.inner(machine.port()) + ";")
                    .doesNotContain("@");
        }
    }
}
