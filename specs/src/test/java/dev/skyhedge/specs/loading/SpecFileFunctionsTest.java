package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions that see more than their arguments, in specs.
class SpecFileFunctionsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.5Z");

    @TempDir
    private Path outside;

    private Path directory;

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(outside.resolve("spec"));
        write("prompts/hello.txt", "Hello ${name}!");
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LoadedSpec load(String output) throws IOException {
        write("main.hcl", "output \"x\" {\n  value = " + output + "\n}\n");
        return SpecLoader.load(SpecRequest.of(directory).at(NOW));
    }

    private String value(String output) throws IOException {
        LoadedSpec loaded = load(output);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec().orElseThrow().outputs().getFirst().json();
    }

    @Test
    void readFilesBelowTheDirectoryOfTheSpec() throws IOException {
        assertThat(value("file(\"prompts/hello.txt\")")).isEqualTo("\"Hello ${name}!\"");
        assertThat(value("templatefile(\"${path.root}/prompts/hello.txt\", { name = \"you\" })"))
                .isEqualTo("\"Hello you!\"");
        assertThat(value("join(\",\", fileset(path.module, \"**/*.txt\"))")).isEqualTo("\"prompts/hello.txt\"");
    }

    @Test
    void readFilesBesideTheFilesOfAModule() throws IOException {
        write("modules/m/main.hcl", "output \"text\" {\n  value = file(\"${path.module}/a.txt\")\n}\n");
        write("modules/m/a.txt", "from the module");
        write("more.hcl", "module \"m\" {\n  source = \"./modules/m\"\n}\n");

        assertThat(value("module.m.text")).isEqualTo("\"from the module\"");
    }

    @Test
    void readNothingOutside() throws IOException {
        Files.writeString(outside.resolve("secret.txt"), "x");

        assertThat(load("file(\"../secret.txt\")").diagnostics())
                .singleElement()
                .extracting(Diagnostic::detail)
                .asString()
                .contains("not below the root directory");
    }

    @Test
    void sayWhatTheySaw() throws IOException {
        Map<String, String> before = load("[file(\"prompts/hello.txt\"), fileexists(\"none\"), fileset(\".\", \"*\")]")
                .files();
        write("prompts/hello.txt", "changed");
        Map<String, String> after = load("[file(\"prompts/hello.txt\"), fileexists(\"none\"), fileset(\".\", \"*\")]")
                .files();

        assertThat(before).containsOnlyKeys("./", "none", "prompts/hello.txt").containsEntry("none", "missing");
        assertThat(after.get("prompts/hello.txt")).isNotEqualTo(before.get("prompts/hello.txt"));
        assertThat(after).containsEntry("./", before.get("./"));
    }

    @Test
    void sawWhatTheyCouldNotRead() throws IOException {
        assertThat(load("try(file(\"later.txt\"), \"\")").files()).containsEntry("later.txt", "missing");
    }

    @Test
    void knowTheTimeOfThePlan() throws IOException {
        assertThat(value("plantimestamp()")).isEqualTo("\"2026-11-22T10:00:00Z\"");
    }
}
