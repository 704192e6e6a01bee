package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.AwsProviderFactory;
import dev.skyhedge.providers.azure.AzureProviderFactory;
import dev.skyhedge.providers.gcp.GcpProviderFactory;
import dev.skyhedge.providers.kubernetes.KubernetesProviderFactory;
import dev.skyhedge.providers.local.LocalProviderFactory;
import dev.skyhedge.providers.ssh.SshProviderFactory;
import dev.skyhedge.watch.installation.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    /// The settings of each provider are checked by itself.
    private static final Plugins PLUGINS = ClassPathPlugins.of(
            new LocalProviderFactory(),
            new AwsProviderFactory(),
            new GcpProviderFactory(),
            new AzureProviderFactory(),
            new KubernetesProviderFactory(),
            new SshProviderFactory());

    @TempDir
    private Path directory;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../specs/examples"))) {
            return files.filter(file -> file.toString().endsWith(".hcl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) throws IOException {
        List<String> command = new ArrayList<>(List.of("validate"));
        if (Files.readString(example).contains("variable \"ssh_key\"")) {
            command.add("-var=ssh_key=ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@here");
        }
        command.add(example.toAbsolutePath().toString());

        Shell.Result result = new Shell(directory, PLUGINS).run(command.toArray(String[]::new));

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("Success!");
    }
}
