package dev.skyhedge.specs.specsuite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HcldecMainTest {
    private static final String SPEC = """
            variables {
              who = "you"
            }
            object {
              attr "a" {
                type = any
              }
              attr "b" {
                type = list(number)
              }
              block "c" {
                object {
                  attr "d" {
                    type = string
                  }
                }
              }
            }
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String spec, String input, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--spec=" + Files.writeString(directory.resolve("spec.hcldec"), spec));
        arguments.add(Files.writeString(directory.resolve("in.hcl"), input).toString());
        return HcldecMain.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void printsTheValueWithoutNulls() throws IOException {
        assertThat(run(SPEC, "a = \"hello ${who}\"\n")).isZero();

        assertThat(out()).isEqualTo("{\"a\":\"hello you\"}");
    }

    @Test
    void printsTheTypeBesideTheValue() throws IOException {
        assertThat(run(SPEC, "a = [1, true]\nb = [\"2\"]\n", "--with-type", "--keep-nulls"))
                .isZero();

        assertThat(out())
                .isEqualTo("{\"value\":{\"a\":[1,true],\"b\":[2],\"c\":null},\"type\":[\"object\",{"
                        + "\"a\":[\"tuple\",[\"number\",\"bool\"]],\"b\":[\"list\",\"number\"],"
                        + "\"c\":[\"object\",{\"d\":\"string\"}]}]}");
    }

    @Test
    void takesVariables() throws IOException {
        assertThat(run(SPEC, "a = \"${who}${n + 1}\"\n", "--vars", "{\"n\": 1, \"who\": \"me\"}"))
                .isZero();

        assertThat(out()).isEqualTo("{\"a\":\"me2\"}");
    }

    @Test
    void printsThePlacesOfErrors() throws IOException {
        assertThat(run(SPEC, "x = 1\n", "--diags=json")).isEqualTo(2);

        assertThat(out()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("\"severity\":\"error\"", "\"filename\":\"" + directory.resolve("in.hcl") + "\"")
                .contains(
                        "\"start\":{\"line\":1,\"column\":1,\"byte\":0},\"end\":{\"line\":1,\"column\":2,\"byte\":1}");
    }

    @Test
    void listsReferences() throws IOException {
        assertThat(run(SPEC, "a = who\nc {\n  d = x.y\n}\n", "--var-refs")).isZero();

        assertThat(out())
                .contains("\"root_name\":\"who\"", "\"kind\":\"attr\",\"name\":\"y\"")
                .contains("\"start\":{\"line\":3,\"column\":8,\"byte\":19}");
        out.reset();
        assertThat(run(SPEC, "", "--var-refs")).isZero();
        assertThat(out()).isEqualTo("[]");
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        assertThat(run("", "a = 1\n")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no root block");
    }
}
