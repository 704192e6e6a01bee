package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetBlockTest {
    @TempDir
    private Path directory;

    private LoadedSpec load(String content) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), content);
        return SpecLoader.load(SpecRequest.of(directory));
    }

    private Optional<BudgetSpec> budget(String content) throws IOException {
        LoadedSpec loaded = load(content);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec().flatMap(Spec::budget);
    }

    private Diagnostic problem(String content) throws IOException {
        assertThat(load(content).diagnostics()).hasSize(1);
        return load(content).diagnostics().getFirst();
    }

    @Test
    void thereIsNoneUnlessOneIsDeclared() throws IOException {
        assertThat(budget("locals {}")).isEmpty();
    }

    @Test
    void readsDollarsADay() throws IOException {
        assertThat(budget("budget {\n  usd_per_day = 12.5\n}")).contains(new BudgetSpec(12_500_000, OnBreach.DEGRADE));
    }

    @Test
    void mayReferToVariables() throws IOException {
        assertThat(budget("""
                variable "usd" {
                  default = 40
                }
                budget {
                  usd_per_day = var.usd / 2
                  on_breach   = "warn"
                }
                """)).contains(new BudgetSpec(20_000_000, OnBreach.WARN));
    }

    @Test
    void takesAnyMoneyThatThereMayBe() throws IOException {
        assertThat(budget("budget {\n  usd_per_day = 1e40\n}")).isPresent();
        assertThat(budget("budget {\n  usd_per_day = 1e-40\n}")).contains(new BudgetSpec(1, OnBreach.DEGRADE));
    }

    @Test
    void refusesNothing() throws IOException {
        assertThat(problem("budget {\n  usd_per_day = 0\n}").detail()).contains("usd_per_day");
        assertThat(problem("budget {}").detail()).contains("usd_per_day");
    }

    @Test
    void refusesWhatIsNotKnownHere() throws IOException {
        assertThat(problem("budget {\n  usd_per_day = 1\n  on_breach = \"stop\"\n}")
                        .detail())
                .contains("degrade", "warn");
    }

    @Test
    void thereIsOneInAllFiles() throws IOException {
        Files.writeString(directory.resolve("a.hcl"), "budget {\n  usd_per_day = 1\n}\n");

        Diagnostic problem = problem("budget {\n  usd_per_day = 2\n}\n");

        assertThat(problem.summary()).isEqualTo("Duplicate budget block");
        assertThat(problem.detail()).contains("a.hcl");
    }

    @Test
    void modulesHaveNone() throws IOException {
        Files.createDirectory(directory.resolve("inner"));
        Files.writeString(directory.resolve("inner/main.hcl"), "budget {\n  usd_per_day = 1\n}\n");

        assertThat(problem("module \"inner\" {\n  source = \"./inner\"\n}\n").detail())
                .contains("declared in the directory of the spec");
    }

    @Test
    void whatItRefersToMustExist() throws IOException {
        assertThat(problem("budget {\n  usd_per_day = var.missing\n}\n").detail())
                .contains("missing");
    }
}
