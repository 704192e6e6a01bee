package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingVariablesTest {
    private static final String TWO = """
            variable "region" {
              type        = string
              description = "Where to run."
            }
            variable "token" {
              sensitive = true
            }
            output "x" { value = "${var.region}" }
            """;

    @TempDir
    private Path directory;

    private LoadedSpec load(String text, VariableSource... variables) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), text);
        return SpecLoader.load(new SpecRequest(directory, List.of(variables), Map.of(), Limits.DEFAULT));
    }

    @Test
    void areAllInOneError() throws IOException {
        LoadedSpec loaded = load(TWO);

        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEqualTo("""
                Error: No value for required variables

                  on main.hcl line 1:
                   1: variable "region" {

                These variables have no default, so each needs a value: -var 'NAME=…', a -var-file, or an environment \
                variable SKYHEDGE_VAR_NAME.

                  region (main.hcl:1,1): Where to run.
                  token (main.hcl:5,1)
                """);
        assertThat(loaded.missing())
                .containsExactly(
                        new MissingVariable("region", "Where to run.", false), new MissingVariable("token", "", true));
        assertThat(loaded.lacksOnlyValues()).isTrue();
    }

    @Test
    void areThoseThatNothingGives() throws IOException {
        assertThat(load(TWO, new VariableSource.Assignment("token", "t")).missing())
                .extracting(MissingVariable::name)
                .containsExactly("region");
    }

    @Test
    void areNotAllThatIsWrong() throws IOException {
        assertThat(load(TWO + "output \"y\" { value = var.tokn }\n").lacksOnlyValues())
                .isFalse();
    }
}
