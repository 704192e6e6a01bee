package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script, with JDKs that only print how they were called.
class LauncherIT {
    private static final Path SCRIPT = Path.of("src/main/dist/bin/skyhedge-model-server");

    @TempDir
    private Path root;

    private Path script;
    private Path runtime;

    @BeforeEach
    void layOut() throws IOException {
        Path home = Files.createDirectories(root.toRealPath().resolve("a distribution"));
        script = Files.createDirectories(home.resolve("bin")).resolve("skyhedge-model-server");
        Files.copy(SCRIPT, script);
        runtime = Files.createDirectories(home.resolve("runtime"));
        Files.createFile(runtime.resolve("b.jar"));
        Files.createFile(runtime.resolve("a.jar"));
    }

    @Test
    void findsItsJarsThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("other"));
        Files.createSymbolicLink(root.resolve("other"), script);

        String output = run(link, Map.of("JAVA_HOME_25", jdk("25.0.3")), "--port", "$PORT x");

        assertThat(output)
                .startsWith("25.0.3")
                .contains("<-cp> <" + runtime.resolve("a.jar") + ":" + runtime.resolve("b.jar") + ">")
                .endsWith("<dev.skyhedge.runtime.ModelServer> <--port> <$PORT x>")
                .doesNotContain("AOTCache");
    }

    @Test
    void usesAnAotCacheIfThereIsOne() throws Exception {
        Path cache = Files.createFile(runtime.resolve("model-server.aot"));

        assertThat(run(script, Map.of("JAVA_HOME_25", jdk("25"))))
                .contains("<-XX:AOTCache=" + cache + "> <-XX:AOTMode=auto>");
    }

    @Test
    void passesOverJdksThatAreTooOld() throws Exception {
        assertThat(run(script, Map.of("JAVA_HOME", jdk("17.0.15"), "JAVA_HOME_25", jdk("26-ea"))))
                .startsWith("26-ea");
        assertThat(run(script, Map.of("JAVA_HOME", jdk("17.0.14"), "PATH", jdk("27.0.1") + "/bin:/usr/bin:/bin")))
                .startsWith("27.0.1");
    }

    private String jdk(String version) throws IOException {
        Path home = Files.createDirectories(root.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s' '" + version + "'\nprintf ' <%s>' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home.toString();
    }

    private static String run(Path command, Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
