package dev.skyhedge.specs.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Position;
import dev.skyhedge.specs.diagnostics.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static Parser.Parsed parse(String text) {
        return Parser.parse(Source.of("t.hcl", text), Limits.DEFAULT);
    }

    private static String place(Diagnostic diagnostic) {
        Position start = diagnostic.subject().orElseThrow().start();
        Position end = diagnostic.subject().orElseThrow().end();
        return start.line() + ":" + start.column() + "-" + end.line() + ":" + end.column();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "a = \"a value\", b = \"b value\" | 1:14-1:15",
                "a { | 1:3-1:4",
                "a { b = \"foo\", c = \"bar\" } | 1:14-1:15",
                "⏎a { b = \"foo\"⏎} | 2:14-3:1",
                "a { d {} } | 1:5-1:6",
                "a = 1⏎b = 2⏎a = 3 | 3:1-3:2",
                "a = 1⏎a {} | 2:1-2:2",
                "a = \"x⏎b = 1 | 1:5-1:7",
                "} | 1:1-1:2",
                "a: 1 | 1:2-1:3",
                "a = | 1:4-1:4",
            })
    void marksTheErrorAt(String text, String place) {
        List<Diagnostic> diagnostics = parse(text.replace("⏎", "\n")).diagnostics();

        assertThat(diagnostics).first().extracting(ParserTest::place).isEqualTo(place);
    }

    @Test
    void goesOnAfterAnError() {
        Parser.Parsed parsed = parse("a = [1,,2]\nb = 1\nc {\n  d = ]\n  e = 2\n}\nf = $\n");

        assertThat(parsed.diagnostics()).hasSize(3);
        assertThat(parsed.body().attributes().map(Body.Attribute::name)).containsExactly("b");
        assertThat(parsed.body().blocks("c").getFirst().body().attribute("e")).isPresent();
    }

    @Test
    void countsColumnsInGraphemesAndOffsetsInBytes() {
        Source source = Source.of("t", "a = \"👨‍👩‍👧é\" ?");

        Position end = source.position(source.text().indexOf('?'));

        assertThat(end).isEqualTo(new Position(1, 10, 27));
    }

    @Test
    void readsNamesWithDashesAndLineEndsOfBothKinds() {
        Parser.Parsed parsed = parse("a-b = 1 # one\r\n// two\r\n/* three\r\n */ c {\r\n}\r\n");

        assertThat(parsed.diagnostics()).isEmpty();
        assertThat(parsed.body().items()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "(", "{", "a {\n", "a = \"${", "a = -", "x ", "\"a ", "a = 1 + ", "a = b ? ", "a = <<E\n${ "
            })
    void survivesRepetitionOf(String part) {
        assertThat(parse(part.repeat(30_000)).diagnostics()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void refusesALongChainOfOperators() {
        assertThat(parse("a = 1" + " + 1".repeat(30_000)).diagnostics())
                .singleElement()
                .extracting(Diagnostic::summary)
                .isEqualTo("Limit exceeded");
    }

    @Test
    void takesTheNestingThatIsAllowed() {
        assertThat(parse("a = " + "[".repeat(250) + "]".repeat(250)).diagnostics())
                .isEmpty();
        assertThat(parse("a = " + "(".repeat(250) + "1" + ")".repeat(250)).diagnostics())
                .isEmpty();
    }
}
