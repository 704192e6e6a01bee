package dev.skyhedge.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of claims on a machine.
class ClaimsIT extends SshCase {
    private Path claim(String token) {
        return directory.resolve("claims-" + harness.a.port).resolve("claims").resolve(token);
    }

    @Test
    void whatEndsLeavesNothingRunningThatWouldKeepItsCards() throws Exception {
        String child = "sleep 3" + System.nanoTime();
        done(harness.provider().launch(request(untilTold(child + " & "), "sh1", Map.of())));
        assertThat(processes()).contains(child);

        tell();
        Instance.End end = awaitEnd("sh1");

        assertThat(end.cause()).isEqualTo(EndCause.EXITED);
        assertThat(processes()).doesNotContain(child);
    }

    @Test
    void whatGivesItsEnvironmentUpRunsOnAndEndsWhole() throws Exception {
        String bare = "sleep 3" + System.nanoTime();
        Instance launched =
                done(harness.provider().launch(request(List.of("sh", "-c", "exec env -i " + bare), "sh1", Map.of())));
        await(bare, () -> processes().lines().anyMatch(line -> line.endsWith(bare) && !line.contains("env")));

        assertThat(seen("sh1").state()).isEqualTo(InstanceState.RUNNING);
        done(harness.provider().terminate(launched.id(), launched.offer().location()));

        assertThat(processes()).doesNotContain(bare);
        assertThat(seen("sh1").end().orElseThrow().cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void aContainerWhoseStarterIsGoneIsRemoved() throws Exception {
        Path calls = directory.resolve("docker-calls");
        docker("""
                echo "$*" >> %s
                [ "$1" != run ] || exec sleep 1
                """.formatted(calls));
        LaunchRequest request = request("sh1", Map.of());
        var container =
                new Workload(Optional.of("vllm"), List.of(), request.workload().port(), new LinkedHashMap<>());

        done(harness.provider()
                .launch(new LaunchRequest(
                        request.offer(), request.tags(), container, request.diskGb(), Optional.empty())));
        awaitEnd("sh1");

        assertThat(Files.readAllLines(calls))
                .anyMatch(call -> call.startsWith("run --name skyhedge-sh1 -p "))
                .last()
                .isEqualTo("rm -f skyhedge-sh1");
    }

    private void docker(String script) throws IOException {
        Path docker = Files.createDirectories(directory.resolve("bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatRanBeforeTheMachineWasRestartedHasEnded() throws Exception {
        done(harness.provider().launch(request("sh1", Map.of())));
        Files.writeString(claim("sh1").resolve("boot"), "another\n");

        Instance.End end = awaitEnd("sh1");

        assertThat(end.detail()).contains("restarted");
    }

    @Test
    void anEndIsForgottenAfterAnHour() throws Exception {
        Instance launched = done(harness.provider().launch(request("sh1", Map.of())));
        done(harness.provider().terminate(launched.id(), launched.offer().location()));
        assertThat(seen("sh1").end().orElseThrow().cause()).isEqualTo(EndCause.TERMINATED);
        Files.writeString(claim("sh1").resolve("end"), "1000000000 TERMINATED\n");

        done(harness.provider().observe("lineage"));

        assertThat(claim("sh1")).doesNotExist();
    }

    @Test
    void aPortIsClaimedOnce() {
        LaunchRequest first = request("sh1", Map.of());
        done(harness.provider().launch(first));

        LaunchRequest second = request("sh2", Map.of());
        var same = new Workload(
                Optional.empty(),
                second.workload().command(),
                first.workload().port(),
                second.workload().environment());

        assertThat(failure(harness.provider()
                        .launch(new LaunchRequest(
                                second.offer(), second.tags(), same, second.diskGb(), Optional.empty()))))
                .isInstanceOf(Failure.NoCapacity.class);
    }
}
