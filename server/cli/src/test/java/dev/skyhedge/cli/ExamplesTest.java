package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.local.LocalProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
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
    void everyExampleIsValid(Path example) {
        Shell.Result result = new Shell(directory, ClassPathPlugins.of(new LocalProviderFactory()))
                .run("validate", example.toAbsolutePath().toString());

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("Success!");
    }
}
