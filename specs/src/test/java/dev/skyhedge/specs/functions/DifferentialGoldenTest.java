package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.specs.evaluation.Expressions;
import dev.skyhedge.specs.values.ValueJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Expressions with the JSON that Terraform makes of them, or `!` if it refuses them. `differences.txt` has those
/// that mean something else here, with the reason. `-Dgolden.update=true` asks Terraform again.
class DifferentialGoldenTest {
    private static final String SEPARATOR = " ==> ";
    private static final String RESOURCES = "dev/skyhedge/specs/functions/";

    @TestFactory
    Stream<DynamicTest> meansWhatTerraformMakesOfIt() {
        Map<String, String> differences = differences();
        return lines("expressions.txt").filter(line -> !line.startsWith("#")).map(line -> {
            String expression = before(line);
            String expected = differences.getOrDefault(expression, after(line));
            return DynamicTest.dynamicTest(
                    expression, () -> assertThat(ours(text(expression))).isEqualTo(expected));
        });
    }

    @Test
    void goldenAnswersAreThoseOfTerraform(@TempDir Path directory) throws IOException {
        var console = TerraformConsole.find(directory);
        assumeTrue(console.isPresent(), "terraform is not on the path");
        assumeTrue(Boolean.getBoolean("golden.update"), "the golden answers are asked for with -Dgolden.update=true");
        List<String> lines = lines("expressions.txt").toList();

        List<String> answers = console.get()
                .answers(lines.stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> text(before(line)))
                        .toList());

        List<String> updated = new ArrayList<>();
        int next = 0;
        for (String line : lines) {
            updated.add(line.startsWith("#") ? line : before(line) + SEPARATOR + answers.get(next++));
        }
        Files.write(Path.of("src/test/resources/" + RESOURCES + "expressions.txt"), updated);
        assertThat(next).isEqualTo(answers.size());
    }

    @Test
    void everyDifferenceIsOneAndSaysWhy() {
        Map<String, String> golden = new LinkedHashMap<>();
        lines("expressions.txt").forEach(line -> golden.put(before(line), after(line)));

        assertThat(lines("differences.txt").filter(line -> !line.startsWith("#")))
                .allSatisfy(line -> {
                    String[] parts = line.split(SEPARATOR, -1);
                    assertThat(parts).hasSize(3);
                    assertThat(golden).containsKey(parts[0]);
                    assertThat(golden.get(parts[0])).isNotEqualTo(parts[1]);
                    assertThat(parts[2]).isNotBlank();
                });
    }

    private static Map<String, String> differences() {
        Map<String, String> differences = new LinkedHashMap<>();
        lines("differences.txt").filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(SEPARATOR, -1);
            differences.put(parts[0], parts[1]);
        });
        return differences;
    }

    static String ours(String expression) {
        return Expressions.evaluate("jsonencode(\n" + expression + "\n)")
                .value()
                .map(value -> value instanceof dev.skyhedge.specs.values.Value.StringValue(String json)
                        ? json
                        : ValueJson.write(value))
                .orElse(TerraformConsole.REFUSED);
    }

    private static Stream<String> lines(String name) {
        try (InputStream resource = DifferentialGoldenTest.class.getResourceAsStream("/" + RESOURCES + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String expression) {
        return expression.replace("⏎", "\n").replace("⇥", "\t");
    }

    private static String before(String line) {
        int at = line.indexOf(SEPARATOR);
        return at < 0 ? line : line.substring(0, at);
    }

    private static String after(String line) {
        int at = line.indexOf(SEPARATOR);
        return at < 0 ? "" : line.substring(at + SEPARATOR.length());
    }
}
