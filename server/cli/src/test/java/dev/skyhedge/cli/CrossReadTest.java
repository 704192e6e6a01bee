package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossReadTest extends ShellFixture {
    @Test
    void showsBothReadings() {
        shell.write("small.hcl", "locals {\n  a = 1\n  b = [2]\n}\noutput \"x\" { value = local.a }\n");

        Shell.Result result = shell.run("validate", "-cross-read", "small.hcl");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).isEqualTo("""
                small.hcl
                Our reading:
                  line 1: locals (a, b)
                  line 5: output x (value)

                Second reading: the same
                Success! The spec is valid.
                """);
    }

    @Test
    void agreesOnASpecWithEverythingInIt() {
        assertThat(shell.run("validate", "-cross-read", "chat.hcl").out()).contains("Second reading: the same");
    }
}
