package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpGoldenTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skyhedge",
                "validate",
                "plan",
                "apply",
                "destroy",
                "watch",
                "status",
                "show",
                "output",
                "console",
                "fmt",
                "logs",
                "events",
                "why",
                "why-not",
                "spend",
                "completion",
                "man",
                "simulate",
                "load",
                "fake-engine",
                "force-unlock",
                "version",
                "doctor",
                "catalog",
                "catalog show",
                "catalog update",
                "replica",
                "replica restart",
                "replica replace",
                "replica drain",
                "service",
                "service pause",
                "service resume",
                "zone",
                "zone avoid",
                "zone allow",
                "state",
                "state list",
                "state show",
                "state rm",
                "state history",
                "state adopt"
            })
    void everyCommandExplainsItself(String command) {
        List<String> words = new ArrayList<>();
        if (!command.equals("skyhedge")) {
            words.addAll(List.of(command.split(" ")));
        }
        words.add("--help");

        Shell.Result result = new Shell(directory, ClassPathPlugins.of()).run(words.toArray(String[]::new));

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        Golden.check("help-" + command.replace(' ', '-') + ".txt", result.out());
    }
}
