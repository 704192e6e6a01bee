package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ConsoleCommandTest extends ShellFixture {
    private static final String VARIABLES = """
            variable "size" {
              default = 3
            }

            variable "key" {
              default   = "hidden"
              sensitive = true
            }

            locals {
              double = var.size * 2
            }
            """;

    @Test
    void printsTheResultOfEachLineOfAPipe() {
        Shell.Result result = shell.piping("1 + 2\n\n# nothing\n[\"a\", tomap({ b = null })]\n", "console", "chat.hcl");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                3
                [
                  "a",
                  tomap({
                    "b" = null
                  }),
                ]
                """);
        assertThat(result.code()).isZero();
    }

    @Test
    void goesOnInTheNextLineWhileSomethingIsOpen() {
        Shell.Result result = shell.piping("max(\n1,\n2\n)\n<<EOT\nx ${1 +\n1}\nEOT\n", "console", "chat.hcl");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("2\n<<EOT\nx 2\n\nEOT\n");
    }

    @Test
    void stopsAtTheFirstErrorOfAPipeAndSaysWhere() {
        Shell.Result result = shell.piping("1\ntry(var.nope, 2)\n3\n", "console", "chat.hcl");

        assertThat(result.out()).isEqualTo("1\n");
        assertThat(result.err())
                .contains("Reference to undeclared input variable", "<console-input> line 1", "try(var.nope, 2)");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void tellsOfWhatIsOpenAtTheEndOfAPipe() {
        Shell.Result result = shell.piping("[1,\n", "console", "chat.hcl");

        assertThat(result.err()).contains("Error: ");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAnErrorOnATerminal() {
        Shell.Result result = shell.answering("1 +\n[\n2]\nexit\n4\n", "console", "-no-color", "chat.hcl");

        assertThat(result.err()).contains("Missing expression");
        assertThat(result.out()).isEqualTo("> > : [\n  2,\n]\n> ");
        assertThat(result.code()).isZero();
    }

    @Test
    void knowsTheVariablesAndLocalsOfTheSpec() {
        shell.write("main.hcl", VARIABLES);

        Shell.Result result =
                shell.piping("local.double\nvar.key\ntype(local.double)\n", "console", "-var", "size=5", "main.hcl");

        assertThat(result.out()).isEqualTo("10\n(sensitive value)\nnumber\n");
    }

    @Test
    void printsJson() {
        Shell.Result result = shell.piping("{ a = [1, null], b = \"<\" }\n", "console", "-json", "chat.hcl");

        assertThat(result.out()).isEqualTo("{\"a\":[1,null],\"b\":\"\\u003c\"}\n");
    }

    @Test
    void doesNotPrintWhatIsSensitiveAsJson() {
        shell.write("main.hcl", VARIABLES);

        Shell.Result result = shell.piping("var.key\n", "console", "-json", "main.hcl");

        assertThat(result.both()).doesNotContain("hidden").contains("Result cannot be shown");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void needsNoSpec() throws Exception {
        String empty = Files.createDirectory(shell.file("empty")).toString();

        assertThat(shell.piping("upper(\"a\")\n", "console", empty).out()).isEqualTo("\"A\"\n");
    }

    @Test
    void needsASpecThatIsWell() {
        shell.write("main.hcl", "service \"chat\" {");

        Shell.Result result = shell.piping("1\n", "console", "main.hcl");

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Unclosed configuration block");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void knowsFromTheStateHowManyReplicasAreReady() {
        assertThat(shell.run("apply", "-auto-approve", "chat.hcl").code()).isZero();

        Shell.Result result = shell.piping("service.chat.ready_replicas\n", "console", "chat.hcl");

        assertThat(result.out()).matches("[1-9][0-9]*\n");
    }

    @Test
    void leavesNoStateBehind() {
        Shell.Result result = shell.piping("service.chat.ready_replicas\n", "console", "chat.hcl");

        assertThat(result.out()).isEqualTo("(known after apply)\n");
        assertThat(shell.state()).doesNotExist();
    }
}
