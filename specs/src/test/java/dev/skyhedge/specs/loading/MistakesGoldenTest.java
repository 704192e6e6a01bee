package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a newcomer is told about a typical mistake: `NAME.hcl` with `NAME.txt` beside it, rewritten by
/// `-Dgolden.update=true`.
class MistakesGoldenTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/skyhedge/specs/loading/mistakes");

    static Stream<Path> mistakes() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(p -> p.toString().endsWith(".hcl")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isExplained(Path file) throws IOException {
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(file));
        String text = new DiagnosticText(false).render(loaded.diagnostics());
        Path golden = Path.of(file.toString().replace(".hcl", ".txt"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }

        assertThat(loaded.spec()).isEmpty();
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
