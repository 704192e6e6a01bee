package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Texts that are made to exhaust time, memory or the stack: each ends with a diagnostic, and most with the
/// limit that it passes.
class HostileCorpusTest {
    @TempDir
    private Path directory;

    private record Case(String name, String text, String expected) {}

    @TestFactory
    Stream<DynamicTest> endsWithADiagnostic() {
        return Stream.of(
                        new Case("a long string", "a = \"" + "x".repeat(10 << 20) + "\"\n", "4194304 bytes"),
                        new Case("open blocks", "a {\n".repeat(30_000), "250 deep"),
                        new Case("open blocks on a line", "a { ".repeat(30_000), "Error"),
                        new Case("words", "x ".repeat(30_000), "Error"),
                        new Case("open quotes", "\"a ".repeat(30_000), "Error"),
                        new Case("open brackets", "a = " + "[".repeat(100_000), "250 deep"),
                        new Case("parentheses", "a = " + "(".repeat(100_000) + ")".repeat(100_000), "250 deep"),
                        new Case("templates", local("\"${".repeat(40) + "1" + "}\"".repeat(40)), "32 deep"),
                        new Case("signs", local("-".repeat(100_000) + "1"), "400 levels"),
                        new Case("a sum", local("1" + "+ 1".repeat(100_000)), "400 levels"),
                        new Case("conditions", local("true ? 1 : ".repeat(100_000) + "1"), "400 levels"),
                        new Case("indexes", local("[1]" + "[0]".repeat(100_000)), "400 levels"),
                        new Case("a long number", local("1".repeat(10_000)), "1000 digits"),
                        new Case("a large exponent", local("1e999999999"), "exponent"),
                        new Case("a power", local("pow(10, 9999999)"), "Error"),
                        new Case("products", squares(), "too large"),
                        new Case(
                                "doubling strings",
                                doubling("\"${local.a%1$d}${local.a%1$d}\"", "\"xxxxxxxx\""),
                                "at most"),
                        new Case("doubling tuples", doubling("[local.a%1$d, local.a%1$d]", "[1]"), "at most"),
                        new Case("a local of itself", "locals {\n  a = [local.a]\n}\n", "circle"),
                        new Case("a long circle", circle(), "circle"),
                        new Case("a long range", local("range(100000000)"), "at most"),
                        new Case(
                                "a large product of sets",
                                local("setproduct(range(1000), range(1000), range(1000))"),
                                "at most"),
                        new Case("nested flatten", nestedFlatten(), "at most"),
                        new Case("a wide format", local("format(\"%1000000000d\", 1)"), "Error"),
                        new Case(
                                "deep JSON",
                                local("jsondecode(\"" + "[".repeat(50_000) + "]".repeat(50_000) + "\")"),
                                "Error"),
                        new Case("loops in many places", loops(), "Of all that was evaluated, this has taken the most"),
                        new Case("aliases", local("yamldecode(\"" + aliases() + "\")"), "Error"),
                        new Case("a control character", "a = 1\n\u0000", "Error"),
                        new Case("many errors", "= 1\n".repeat(100_000), "Error"))
                .map(each -> DynamicTest.dynamicTest(each.name, () -> check(each)));
    }

    private void check(Case each) throws IOException {
        Path file = directory.resolve(each.name.replace(' ', '-') + ".hcl");
        Files.writeString(file, each.text);

        List<Diagnostic> diagnostics = SpecLoader.load(SpecRequest.of(file)).diagnostics();

        assertThat(diagnostics).isNotEmpty().hasSizeLessThan(50);
        assertThat(diagnostics.stream()
                        .map(d -> (d.isError() ? "Error: " : "") + d.summary() + ": " + d.detail())
                        .collect(Collectors.joining("\n")))
                .contains(each.expected);
    }

    private static String local(String expression) {
        return "locals {\n  a = " + expression + "\n}\n";
    }

    /// Locals that are each made of the one before.
    private static String doubling(String expression, String first) {
        return "locals {\n  a0 = " + first + "\n"
                + IntStream.range(0, 30)
                        .mapToObj(i -> "  a" + (i + 1) + " = " + expression.formatted(i) + "\n")
                        .collect(Collectors.joining())
                + "}\n";
    }

    private static String squares() {
        return doubling("local.a%1$d * local.a%1$d", "1e300");
    }

    private static String circle() {
        return "locals {\n"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> "  a" + i + " = local.a" + (i + 1) % 5_000 + "\n")
                        .collect(Collectors.joining())
                + "}\n";
    }

    /// One error tells that it is too much, not one for each of the rest.
    private static String loops() {
        String loop = "[for i in range(99999) : setintersection(local.s, local.s)]";
        return "locals {\n  s = toset(range(99999))\n"
                + IntStream.range(0, 1_000)
                        .mapToObj(i -> "  a" + i + " = " + loop + "\n")
                        .collect(Collectors.joining())
                + "}\n";
    }

    private static String nestedFlatten() {
        return doubling("flatten([local.a%1$d, local.a%1$d, local.a%1$d, local.a%1$d])", "[1, 2, 3]");
    }

    private static String aliases() {
        return "a: &a [x, x, x, x, x, x, x, x, x]\\n"
                + IntStream.range(0, 20)
                        .mapToObj(i -> {
                            String before = "*" + "a".repeat(i + 1);
                            return "a".repeat(i + 2) + ": &" + "a".repeat(i + 2) + " ["
                                    + String.join(", ", List.of(before, before, before, before, before, before))
                                    + "]\\n";
                        })
                        .collect(Collectors.joining());
    }
}
