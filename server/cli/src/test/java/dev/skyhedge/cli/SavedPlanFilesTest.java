package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A saved plan of a spec with modules and with functions that read files.
class SavedPlanFilesTest extends ShellFixture {
    private Path spec;

    @BeforeEach
    void plan() throws IOException {
        spec = Files.createDirectories(directory.resolve("spec"));
        Path module = Files.createDirectories(spec.resolve("modules/texts"));
        Files.writeString(
                module.resolve("main.hcl"), "output \"prompt\" {\n  value = file(\"${path.module}/prompt.txt\")\n}\n");
        Files.writeString(module.resolve("prompt.txt"), "Be brief.");
        Files.writeString(
                spec.resolve("chat.hcl"),
                "module \"texts\" {\n  source = \"./modules/texts\"\n}\n\n"
                        + SpecTexts.CHAT.replace(
                                "command = [\"serve\"]",
                                "command = [\"serve\", module.texts.prompt, plantimestamp()]"));
        Shell.Result planned = shell.run("plan", spec.toString(), "-out=" + shell.file("p.plan"));
        assertThat(planned.code()).as(planned.both()).isZero();
    }

    @Test
    void isCarriedOutIfTheFilesAreTheSame() {
        Shell.Result applied = shell.run("apply", "p.plan");

        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void isRefusedIfAFileHasChanged() throws IOException {
        Files.writeString(spec.resolve("modules/texts/prompt.txt"), "Be verbose.");

        Shell.Result applied = shell.run("apply", "p.plan");

        assertThat(applied.code()).isEqualTo(1);
        assertThat(applied.err()).contains("A file has changed since the plan", "modules/texts/prompt.txt");
        assertThat(cloud.everRented()).isEmpty();
    }
}
