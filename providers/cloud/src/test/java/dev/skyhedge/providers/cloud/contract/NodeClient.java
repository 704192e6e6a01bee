package dev.skyhedge.providers.cloud.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A cloud's client for another language, run as a process of Node.js against a fake.
public final class NodeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private NodeClient() {}

    /// What a script says, which must end well and in time.
    ///
    /// @param script its address as Node.js takes it
    /// @param directory where it is run
    public static String run(String script, Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(said).isZero();
        return said;
    }

    /// What a script says that is kept as a resource; it is run where the client was installed, as scripts find
    /// their modules beside themselves.
    ///
    /// @param name of the resource, relative to the class
    /// @param directory that holds `node_modules`
    public static String runResource(Class<?> test, String name, Path directory, String... arguments) throws Exception {
        Path script = directory.resolve(name);
        try (InputStream source = test.getResourceAsStream(name)) {
            if (source == null) {
                throw new IOException(name + " is missing");
            }
            Files.write(script, source.readAllBytes());
            return run(script.toString(), directory, arguments);
        } finally {
            Files.deleteIfExists(script);
        }
    }
}
