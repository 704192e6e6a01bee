package dev.skyhedge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher at the root of the source tree, with a Maven that only notes that it was called.
class SourceTreeLauncherIT {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final int DEADLINE_SECONDS = 60;

    private static final String BUILD = """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo build >>builds
            echo "[INFO] Building Skyhedge specs 0.1.0-SNAPSHOT      [2/12]"
            bin=server/cli/target/skyhedge/bin
            mkdir -p $bin
            printf '#!/bin/sh\\necho "ran $*"\\ncat\\n' >$bin/skyhedge
            chmod +x $bin/skyhedge
            touch $bin/../.built
            """;
    private static final String FAILING_BUILD = """
            #!/bin/sh
            echo "[INFO] Scanning"
            echo "[ERROR] Planner.java:[7,1] ';' expected"
            exit 1
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(Path.of("../../skyhedge"), root.resolve("skyhedge"));
        Path bin = Files.createDirectories(root.resolve("server/cli/src/main/dist/bin"));
        Files.copy(Path.of("src/main/dist/bin/java-home.sh"), bin.resolve("java-home.sh"));
        Files.createDirectories(root.resolve("specs/examples"));
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(
                Files.createDirectories(root.resolve("engine/src/main/java")).resolve("Planner.java"));
        executable(root.resolve("jdk/bin/java"), "#!/bin/sh\n");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        executable(root.resolve("mvnw"), BUILD);
        age();
    }

    @Test
    void buildsWhatIsMissingAndRunsIt() throws Exception {
        Outcome outcome = finish(start("plan", "x.hcl"));

        assertThat(outcome.errors()).isEqualTo("Building Skyhedge (first run, about 3 minutes)...\n");
        assertThat(outcome.output()).isEqualTo("ran plan x.hcl\nyes\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void buildsNothingWhereNothingChanged() throws Exception {
        finish(start("version"));
        Outcome second = finish(start("version"));

        assertThat(builds()).isOne();
        assertThat(second.errors()).isEmpty();
    }

    @Test
    void buildsNothingWhereAnExampleWasRun() throws Exception {
        finish(start("version"));
        Path state = Files.createDirectories(root.resolve("specs/examples/.skyhedge"))
                .resolve("state.mv.db");
        touch(Files.createFile(state), Instant.now().plusSeconds(10));
        touch(root.resolve("specs/examples"), Instant.now().plusSeconds(10));

        assertThat(finish(start("version")).errors()).isEmpty();
        assertThat(builds()).isOne();
    }

    @Test
    void buildsAgainWhenAnExampleIsNewer() throws Exception {
        finish(start("version"));
        touch(
                Files.createFile(root.resolve("specs/examples/quickstart.hcl")),
                Instant.now().plusSeconds(10));

        finish(start("version"));

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        finish(start("version"));
        touch(root.resolve("engine/src/main/java/Planner.java"), Instant.now().plusSeconds(10));

        assertThat(finish(start("version")).errors()).contains("its sources have changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainWhenASourceIsGone() throws Exception {
        finish(start("version"));
        touch(root.resolve("server/cli/target/skyhedge/.built"), LONG_AGO.plusSeconds(10));
        Files.delete(root.resolve("engine/src/main/java/Planner.java"));

        finish(start("version"));

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void showsWhyABuildFailed() throws Exception {
        executable(root.resolve("mvnw"), FAILING_BUILD);

        Outcome outcome = finish(start("version"));

        assertThat(outcome.exitCode()).isOne();
        assertThat(outcome.errors()).contains("the build failed", "skyhedge-build.log", "[ERROR] Planner.java:[7,1]");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void buildsOnceForTwoAtOnce() throws Exception {
        Process first = start("version");
        Process second = start("version");

        assertThat(finish(first).output()).isEqualTo("ran version\nyes\n");
        assertThat(finish(second).output()).isEqualTo("ran version\nyes\n");
        assertThat(builds()).isOne();
    }

    private int builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    /// Everything in the tree is older than whatever is built from now on.
    private void age() throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                touch(file, LONG_AGO);
            }
        }
    }

    private static void touch(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Outcome(int exitCode, String output, String errors) {}

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("skyhedge").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("SKYHEDGE_JAVA_HOME", root.resolve("jdk").toString());
        return builder.start();
    }

    /// Answers with "yes", which the build must leave for the command.
    private static Outcome finish(Process process) throws Exception {
        try (var input = process.getOutputStream()) {
            input.write("yes\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output, errors);
    }
}
