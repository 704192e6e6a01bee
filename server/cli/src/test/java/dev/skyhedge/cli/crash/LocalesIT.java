package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The installed command in the locales of others: paths, arguments and output are UTF-8, and a state is one state.
class LocalesIT {
    private static final String TURKISH = "-Duser.language=tr -Duser.country=TR";
    private static final String SPEC = """
            variable "greeting" {
              type = string
            }

            output "greeting" {
              value = "${var.greeting} TITLE"
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void pathsAndArgumentsAreUtf8InTheCLocale() throws Exception {
        Path spec = spec("Grüße İı");

        Run.Ended output = run("C", "", "output", spec.toString(), "-var=greeting=schön ığ", "-name=greeting", "-raw");

        assertThat(output).isEqualTo(new Run.Ended(0, "schön ığ TITLE\n"));
    }

    @Test
    void aLocaleThatIsNotInstalledIsNoReasonToReadPathsOtherwise() throws Exception {
        Path spec = spec("größer");

        Run.Ended output =
                run("xx_XX.UTF-8", "", "output", spec.toString(), "-var=greeting=x", "-name=greeting", "-raw");

        assertThat(output).isEqualTo(new Run.Ended(0, "x TITLE\n"));
    }

    @Test
    void aStateWrittenUnderOneLocaleIsReadUnderAnother() throws Exception {
        String state = "-state=" + directory.resolve("zustände");

        assertThat(run("C", TURKISH, "plan", spec("a").toString(), "-var=greeting=x", state)
                        .output())
                .doesNotContain("Error");
        assertThat(run("C", TURKISH, "status", state)).isEqualTo(run("C", "", "status", state));
    }

    private Path spec(String name) throws Exception {
        Path file = Files.createDirectories(directory.resolve(name)).resolve("spec.hcl");
        return Files.writeString(file, SPEC, StandardCharsets.UTF_8);
    }

    private Run.Ended run(String locale, String jvmOptions, String... arguments) throws Exception {
        Path log = Files.createTempFile(directory, "run", ".log");
        return Installed.start(log, jvmOptions, Map.of("LC_ALL", locale), List.of(arguments))
                .await();
    }
}
