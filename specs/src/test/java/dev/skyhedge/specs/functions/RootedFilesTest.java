package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootedFilesTest {
    @TempDir
    private Path outer;

    private Path root;

    @BeforeEach
    void files() throws IOException {
        root = Files.createDirectories(outer.resolve("root"));
        Files.createDirectories(root.resolve("conf/deep"));
        Files.writeString(root.resolve("a.txt"), "héllo");
        Files.writeString(root.resolve("conf/b.txt"), "b\n");
        Files.writeString(root.resolve("conf/deep/c.json"), "{}");
        Files.write(root.resolve("bytes"), new byte[] {(byte) 0xff});
        Files.write(root.resolve("large"), new byte[(1 << 20) + 1]);
        Files.writeString(root.resolve("t.tpl"), "%{ for n in names ~}\n- ${n}\n%{ endfor ~}\n$${x} ${upper(who)} ");
        Files.writeString(root.resolve("loop.tpl"), "${templatefile(\"loop.tpl\", {})}");
        Files.writeString(root.resolve("sees.tpl"), "${var.n}");
        Files.writeString(outer.resolve("outside.txt"), "outside");
        Files.createSymbolicLink(root.resolve("link.txt"), outer.resolve("outside.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ==> ",
            quoteCharacter = '\u0001',
            value = {
                "file(\"a.txt\") ==> \"héllo\"",
                "file(\"./conf/../a.txt\") ==> \"héllo\"",
                "filebase64(\"bytes\") ==> \"/w==\"",
                "filesha256(\"a.txt\") == sha256(\"héllo\") ==> true",
                "fileexists(\"a.txt\") ==> true",
                "fileexists(\"none\") ==> false",
                "fileset(\".\", \"*.txt\") ==> [\"a.txt\",\"link.txt\"]",
                "fileset(\"conf\", \"**/*\") ==> [\"b.txt\",\"deep/c.json\"]",
                "fileset(\".\", \"conf/{b,x}.txt\") ==> [\"conf/b.txt\"]",
                "fileset(\"none\", \"*\") ==> []",
                "plantimestamp() ==> \"2026-11-22T10:00:00Z\"",
                "templatefile(\"t.tpl\", { names = [\"a\", \"b\"], who = \"me\" }) ==> \"- a\\n- b\\n${x} ME \"",
            })
    void reads(String expression, String json) {
        assertThat(evaluate(expression).value().map(ValueJson::write)).contains(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ==> ",
            quoteCharacter = '\u0001',
            value = {
                "file(\"../outside.txt\") ==> not below the root directory",
                "file(\"/etc/passwd\") ==> not below the root directory",
                "file(\"link.txt\") ==> not below the root directory",
                "fileexists(\"link.txt\") ==> not below the root directory",
                "fileset(\"..\", \"*\") ==> not below the root directory",
                "file(\"bytes\") ==> not UTF-8",
                "file(\"large\") ==> larger than 1 MiB",
                "file(\"none\") ==> there is no file",
                "file(\"conf\") ==> not a regular file",
                "fileset(\".\", \"[\") ==> invalid pattern",
                "templatefile(\"loop.tpl\", {}) ==> no function named \"templatefile\"",
                "templatefile(\"sees.tpl\", {}) ==> fails in line 1",
                "templatefile(\"t.tpl\", {}) ==> fails in line 1",
            })
    void refuses(String expression, String reason) {
        Evaluation evaluation = evaluate(expression);

        assertThat(evaluation.value()).isEmpty();
        assertThat(evaluation.diagnostics().getFirst().detail()).contains(reason);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doesNotWaitForAPipe() throws IOException, InterruptedException {
        Path pipe = root.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(evaluate("file(\"pipe\")").diagnostics().getFirst().detail()).contains("not a regular file");
    }

    @Test
    void hidesASensitiveVariableOfATemplate() {
        Value value = evaluate("templatefile(\"t.tpl\", { names = [], who = sensitive(\"me\") })")
                .value()
                .orElseThrow();

        assertThat(value.shape().sensitive()).isTrue();
    }

    @Test
    void hasNoFilesUnlessGivenSome() {
        assertThatThrownBy(() -> SpecFileAccess.NONE.read("a.txt")).isInstanceOf(FunctionException.class);
    }

    private Evaluation evaluate(String text) {
        try {
            Surroundings surroundings =
                    Surroundings.of(() -> Optional.of(Instant.parse("2026-11-22T10:00:00Z")), new RootedFiles(root));
            Evaluator evaluator = new Evaluator(
                    Environment.EMPTY,
                    FunctionTable.standard(),
                    Limits.DEFAULT,
                    new Budget(Limits.DEFAULT),
                    surroundings);
            return Parser.parseExpression(Source.of("test", text), Limits.DEFAULT)
                    .expression()
                    .map(evaluator::evaluate)
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
