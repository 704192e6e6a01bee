package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.values.ValueJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Expressions with their JSON, as measured with another reader of the same language, or `!` and the summary of the
/// error.
class ExpressionGoldenTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "/dev/skyhedge/specs/evaluation/expressions.txt",
            delimiterString = " ==> ",
            quoteCharacter = '\u0001',
            maxCharsPerColumn = 10_000)
    void evaluatesTo(String expression, String expected) {
        Evaluation evaluation =
                Expressions.evaluate(expression.replace("⏎", "\n").replace("⇥", "\t"));

        String actual = evaluation
                .value()
                .map(ValueJson::write)
                .orElseGet(() -> "!" + evaluation.diagnostics().getFirst().summary());

        assertThat(actual).isEqualTo(expected);
    }
}
