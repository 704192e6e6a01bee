package dev.skyhedge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher script, with JDKs that only print how they were called.
class LauncherIT {
    private static final Path BIN = Path.of("src/main/dist/bin");
    private static final int DEADLINE_SECONDS = 30;

    @TempDir
    private Path root;

    private Path home;
    private Path script;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(root.toRealPath().resolve("a distribution"));
        Path bin = Files.createDirectories(home.resolve("bin"));
        script = Files.copy(BIN.resolve("skyhedge"), bin.resolve("skyhedge"));
        Files.copy(BIN.resolve("java-home.sh"), bin.resolve("java-home.sh"));
        Files.createDirectories(home.resolve("lib"));
    }

    @Test
    void passesItsArgumentsOnAsTheyAre() throws Exception {
        Outcome outcome = run(script, Map.of("JAVA_HOME", jdk("25.0.3")), "plan", "a b", "", "$HOME *");

        assertThat(outcome.output())
                .startsWith("25.0.3")
                .contains("<-Dskyhedge.home=" + home + ">")
                .contains("<-cp> <" + home.resolve("lib/skyhedge-cli.jar") + ">")
                .endsWith("<dev.skyhedge.cli.SkyhedgeCommand> <plan> <a b> <> <$HOME *>")
                .doesNotContain("AOT");
    }

    @Test
    void findsItsHomeThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("other"));
        Files.createSymbolicLink(root.resolve("other"), script);

        assertThat(run(link, Map.of("JAVA_HOME", jdk("25"))).output()).contains("<-Dskyhedge.home=" + home + ">");
    }

    @ParameterizedTest
    @CsvSource({"plan, skyhedge.aot", "version, skyhedge-brief.aot", "--help, skyhedge-brief.aot"})
    void usesTheAotCacheForTheCommandIfThereIsOne(String word, String name) throws Exception {
        Path cache = Files.createFile(home.resolve("lib").resolve(name));

        assertThat(run(script, Map.of("JAVA_HOME", jdk("25")), word).output())
                .contains("<-XX:AOTCache=" + cache + "> <-XX:AOTMode=auto>");
    }

    @Test
    void runsAnotherClassOnlyToTrainACache() throws Exception {
        assertThat(run(script, Map.of("JAVA_HOME", jdk("25"), "SKYHEDGE_MAIN", "TrainingRun"), "plan")
                        .output())
                .endsWith("<dev.skyhedge.cli.TrainingRun> <plan>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "version", "apply"})
    void startsShortCommandsWithTheQuickCompiler(String command) throws Exception {
        assertThat(run(script, Map.of("JAVA_HOME", jdk("25")), "-chdir=x", command, "watch")
                        .output())
                .contains("<-XX:TieredStopAtLevel=1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "simulate", "load"})
    void startsLongCommandsWithTheOptimisingCompiler(String command) throws Exception {
        assertThat(run(script, Map.of("JAVA_HOME", jdk("25")), "-chdir=x", command, "plan")
                        .output())
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void passesOverJdksThatAreTooOld() throws Exception {
        assertThat(run(script, Map.of("JAVA_HOME", jdk("17.0.14"), "PATH", jdk("27.0.1") + "/bin:/usr/bin:/bin"))
                        .output())
                .startsWith("27.0.1");
        assertThat(run(script, Map.of("JAVA_HOME", jdk("1.8.0"), "PATH", jdk("26-ea") + "/bin:/usr/bin:/bin"))
                        .output())
                .startsWith("26-ea");
    }

    @Test
    void takesTheJdkThatWasNamedForSkyhedgeOrNone() throws Exception {
        Outcome taken = run(script, Map.of("SKYHEDGE_JAVA_HOME", jdk("26"), "JAVA_HOME", jdk("25")));
        Outcome refused = run(script, Map.of("SKYHEDGE_JAVA_HOME", jdk("21"), "JAVA_HOME", jdk("25")));

        assertThat(taken.output()).startsWith("26");
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.output())
                .isEqualTo("skyhedge: SKYHEDGE_JAVA_HOME=" + root.resolve("jdk-21")
                        + " is not a JDK 25 or newer: set it to one, or unset it\n");
    }

    private String jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(root.resolve("jdk-" + version));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s' '" + version + "'\nprintf ' <%s>' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk.toString();
    }

    private record Outcome(int exitCode, String output) {}

    private static Outcome run(Path command, Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("SKYHEDGE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
