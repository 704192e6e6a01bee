package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `skyhedge completion` and `skyhedge man`.
class ShellHelpTest {
    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(directory, ClassPathPlugins.of());
    }

    @Test
    void bashUnderstandsTheScriptWhichCompletesCommands() throws IOException, InterruptedException {
        Path script = shell.write("completion", shell.run("completion", "bash").out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "' && COMP_WORDS=(skyhedge sta) COMP_CWORD=1"
                                + " && _complete_skyhedge 2>/dev/null; echo ${COMPREPLY[@]}")
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("status state\n");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void zshIsTaughtToReadIt() {
        assertThat(shell.run("completion", "zsh").out())
                .startsWith("autoload -Uz compinit")
                .contains("bashcompinit")
                .contains("complete -F _complete_skyhedge");
        assertThat(shell.run("completion", "fish").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aManualPageTellsWhatTheHelpTells() {
        String page = shell.run("man", "state", "show").out();

        assertThat(page)
                .startsWith(".TH \"SKYHEDGE-STATE-SHOW\" 1")
                .contains(".SH NAME\nskyhedge\\-state\\-show \\- Shows one service")
                .contains("skyhedge state show [OPTIONS] ADDRESS")
                .contains(".B \\-\\-serial=N\nAs it was right after this serial.");
        assertThat(shell.run("man", "nosuch").err()).contains("There is no command \"nosuch\"");
    }

    @Test
    void everyCommandHasAPageAndNoLineOfOneIsARequestByChance() throws IOException {
        assertThat(shell.run("man", "-out=" + directory.resolve("man1")).code()).isZero();

        try (Stream<Path> pages = Files.list(directory.resolve("man1"))) {
            List<Path> all = pages.toList();
            assertThat(all).extracting(page -> page.getFileName().toString()).contains("skyhedge.1", "skyhedge-plan.1");
            for (Path page : all) {
                assertThat(Files.readString(page).lines())
                        .as(page.toString().toLowerCase(Locale.ROOT))
                        .allMatch(line -> !line.startsWith("'")
                                && (!line.startsWith(".") || line.matches("\\.(TH|SH|TP|B|nf|fi)( .*)?")));
            }
        }
    }
}
