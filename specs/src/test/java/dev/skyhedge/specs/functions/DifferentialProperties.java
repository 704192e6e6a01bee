package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Generated expressions mean what Terraform makes of them, or both refuse them. The generator leaves out what
/// is known
/// to differ: division (last digits), division by zero, `&&` and `||` (short circuits), negative zero.
class DifferentialProperties {
    private static final int DEEPEST = 3;
    private static Optional<Path> directory = Optional.empty();

    @BeforeContainer
    static void directory() throws IOException {
        directory = Optional.of(Files.createTempDirectory("terraform"));
    }

    @AfterContainer
    static void delete() throws IOException {
        try (var files = Files.walk(directory.orElseThrow())) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(DifferentialProperties::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, seed = "20261122", edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void generatedExpressionsMeanTheSame(@ForAll("expressions") List<String> expressions) {
        Optional<TerraformConsole> terraform = TerraformConsole.find(directory.orElseThrow());
        assumeTrue(terraform.isPresent(), "terraform is not on the path");

        List<String> theirs = terraform.get().answers(expressions);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String ours = DifferentialGoldenTest.ours(expressions.get(i));
            if (!ours.equals(theirs.get(i))) {
                differences.add(expressions.get(i) + "\n  terraform " + theirs.get(i) + "\n  skyhedge  " + ours);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> expressions() {
        return expression(DEEPEST).list().ofSize(50);
    }

    static Arbitrary<String> expression(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "0", "1", "2.5", "10", "\"a\"", "\"é b\"", "\"1\"", "\"true\"", "\"\"", "true", "false", "null", "var.n",
                "var.s", "var.l", "var.m", "var.objs", "[]", "{}", "\"a,b\"", "[\"b\",\"a\",\"b\"]", "{a=1,b=\"x\"}",
                "toset([\"y\",\"x\"])", "[3,1,2]", "tomap({k=\"v\"})", "[[1,2],[3]]");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = expression(depth - 1);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, leaf),
                net.jqwik.api.Tuple.of(2, binary(inner)),
                net.jqwik.api.Tuple.of(1, inner.map(a -> "!(" + a + ")")),
                net.jqwik.api.Tuple.of(2, Combinators.combine(inner, inner, inner).as("(%s) ? (%s) : (%s)"::formatted)),
                net.jqwik.api.Tuple.of(2, Combinators.combine(inner, inner).as("[%s, %s]"::formatted)),
                net.jqwik.api.Tuple.of(1, Combinators.combine(inner, inner).as("{a = %s, b = %s}"::formatted)),
                net.jqwik.api.Tuple.of(1, inner.map("\"<${%s}>\""::formatted)),
                net.jqwik.api.Tuple.of(1, Combinators.combine(inner, inner).as("(%s)[%s]"::formatted)),
                net.jqwik.api.Tuple.of(1, inner.map("(%s)[*]"::formatted)),
                net.jqwik.api.Tuple.of(2, loop(inner)),
                net.jqwik.api.Tuple.of(6, unaryCall(inner)),
                net.jqwik.api.Tuple.of(5, binaryCall(inner)),
                net.jqwik.api.Tuple.of(1, ternaryCall(inner)));
    }

    private static Arbitrary<String> binary(Arbitrary<String> inner) {
        Arbitrary<String> operator = Arbitraries.of("+", "-", "*", "<", ">=", "==", "!=");
        return Combinators.combine(inner, operator, inner).as("(%s) %s (%s)"::formatted);
    }

    private static Arbitrary<String> loop(Arbitrary<String> inner) {
        Arbitrary<String> pattern = Arbitraries.of(
                "[for v in %s : v]",
                "[for k, v in %s : k]",
                "[for v in %s : v if v != null]",
                "{for k, v in %s : k => v}",
                "{for k, v in %s : v => k...}",
                "[for v in %s : [v]]");
        return Combinators.combine(pattern, inner).as(String::formatted);
    }

    private static Arbitrary<String> unaryCall(Arbitrary<String> inner) {
        Arbitrary<String> name = Arbitraries.of(
                "abs", "ceil", "floor", "signum", "chomp", "upper", "lower", "title", "strrev", "trimspace", "length",
                "alltrue", "anytrue", "compact", "distinct", "flatten", "keys", "values", "one", "reverse", "sort", "sum",
                "transpose", "jsonencode", "base64encode", "urlencode", "md5", "sha256", "tostring", "tonumber", "tobool",
                "tolist", "toset", "tomap", "can", "try", "coalesce", "max", "min", "setunion", "merge", "concat");
        return Combinators.combine(name, inner).as("%s(%s)"::formatted);
    }

    private static Arbitrary<String> binaryCall(Arbitrary<String> inner) {
        Arbitrary<String> name = Arbitraries.of(
                "join", "split", "startswith", "endswith", "strcontains", "trim", "trimprefix", "trimsuffix", "coalesce",
                "coalescelist", "concat", "contains", "index", "merge", "setunion", "setintersection", "setsubtract",
                "setproduct", "zipmap", "max", "min", "lookup", "chunklist", "try", "formatlist", "format", "matchkeys");
        return Combinators.combine(name, inner, inner).as("%s(%s, %s)"::formatted);
    }

    private static Arbitrary<String> ternaryCall(Arbitrary<String> inner) {
        Arbitrary<String> name = Arbitraries.of("lookup", "substr", "replace", "slice", "merge", "concat", "coalesce");
        return Combinators.combine(name, inner, inner, inner).as("%s(%s, %s, %s)"::formatted);
    }
}
