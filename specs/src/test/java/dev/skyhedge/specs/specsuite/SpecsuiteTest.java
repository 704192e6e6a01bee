package dev.skyhedge.specs.specsuite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.loading.TestTypes;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cases of three files each: `NAME.t` with what is to come out, `NAME.hcl`, and `NAME.hcldec` that says how it
/// is decoded. The public suite of the language can be run by `-Dspecsuite=DIRECTORY`.
class SpecsuiteTest {
    private static final Path OWN = Path.of("src/test/resources/dev/skyhedge/specs/specsuite");

    static Stream<Path> cases() throws IOException {
        Path directory = Optional.ofNullable(System.getProperty("specsuite"))
                .map(Path::of)
                .orElse(OWN);
        try (Stream<Path> files = Files.walk(directory)) {
            return files
                    .filter(p -> p.toString().endsWith(".t"))
                    .filter(p -> Files.exists(sibling(p, ".hcl")) && Files.exists(sibling(p, ".hcldec")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path sibling(Path test, String ending) {
        return Path.of(test.toString().replaceAll("\\.t$", ending));
    }

    private static Source source(Path path) throws IOException {
        return Source.of(String.valueOf(path.getFileName()), Files.readString(path));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesOutAsItSays(Path test) throws IOException {
        Body expected = Parser.parse(source(test), Limits.DEFAULT).body();

        Hcldec.Result result =
                Hcldec.decode(source(sibling(test, ".hcldec")), List.of(source(sibling(test, ".hcl"))), Map.of());

        assertThat(result.diagnostics().stream().map(SpecsuiteTest::place).toList())
                .as("places of errors: %s", result.diagnostics())
                .isEqualTo(expected.blocks("diagnostics").stream()
                        .flatMap(d -> d.body().blocks("error").stream())
                        .map(e -> place(e, "from") + "-" + place(e, "to"))
                        .toList());
        expected.attribute("result")
                .ifPresent(attribute -> assertThat(json(result.value().orElseThrow()))
                        .isEqualTo(json(converted(expected, value(attribute.expression())))));
        expected.attribute("result_type")
                .ifPresent(attribute -> assertThat(
                                result.value().orElseThrow().type().toString())
                        .isEqualTo(TestTypes.read(attribute.expression()).toString()));
    }

    private static Value converted(Body expected, Value value) {
        Type type = expected.attribute("result_type")
                .map(a -> TestTypes.read(a.expression()))
                .orElse(Type.ANY);
        return Conversion.of(value, type) instanceof Conversion.Done(Value done, List<String> ignored) ? done : value;
    }

    private static String json(Value value) {
        return ValueJson.write(value);
    }

    private static Value value(Expression expression) {
        return new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT))
                .evaluate(expression)
                .value()
                .orElseThrow();
    }

    private static String place(Diagnostic diagnostic) {
        return diagnostic
                .subject()
                .map(r -> r.start().line() + ":" + r.start().column() + "-"
                        + r.end().line() + ":" + r.end().column())
                .orElse("nowhere");
    }

    private static String place(Body.Block error, String which) {
        Body place = error.body().blocks(which).getFirst().body();
        return number(place, "line") + ":" + number(place, "column");
    }

    private static String number(Body place, String name) {
        return place.attribute(name).map(a -> json(value(a.expression()))).orElse("");
    }
}
