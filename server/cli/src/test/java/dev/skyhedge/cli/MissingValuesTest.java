package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingValuesTest extends ShellFixture {
    @BeforeEach
    void declare() {
        shell.write("main.hcl", """
                variable "model" {
                  description = "What to serve."
                }

                variable "key" {
                  sensitive = true
                }

                output "model" {
                  value = "${var.model}/${length(var.key)}"

                  sensitive = true
                }
                """);
    }

    @Test
    void areAskedForOnATerminal() {
        Shell.Result result = shell.answering("llama\nabc\n", "output", "-no-color", "main.hcl", "-name=model");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out())
                .contains("var.model\n  What to serve.\n\n  Enter a value: ")
                .contains("var.key\n\n  Enter a value (it is not shown): ")
                .endsWith("\"llama/3\"\n");
    }

    @Test
    void areOneErrorInAPipe() {
        Shell.Result result = shell.piping("llama\nabc\n", "output", "main.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).containsOnlyOnce("Error: ").contains("  model (main.hcl:1,1): What to serve.");
    }

    @Test
    void areNotAskedForIfNotWanted() {
        assertThat(shell.answering("llama\nabc\n", "output", "-input=false", "main.hcl")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void areNotAskedForInContinuousIntegration() {
        Shell.Result result = shell.with("CI", "true").answering("llama\nabc\n", "output", "main.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).doesNotContain("Enter a value");
    }

    @Test
    void stayMissingIfTheInputEnds() {
        Shell.Result result = shell.answering("llama\n", "output", "-no-color", "main.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("The variable \"key\" has no default");
    }
}
