package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final Limits FEW_STEPS = withSteps(2_000_000);

    private Budget budget = new Budget(FEW_STEPS);

    private static Limits withSteps(long steps) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.fileBytes(),
                usual.totalBytes(),
                usual.tokens(),
                usual.nesting(),
                usual.templateNesting(),
                usual.expressionDepth(),
                usual.numberDigits(),
                usual.numberExponent(),
                usual.collectionElements(),
                usual.stringLength(),
                usual.valueDepth(),
                usual.valueWeight(),
                usual.liveCharacters(),
                steps,
                usual.errorsPerFile(),
                usual.instances());
    }

    private Evaluation evaluate(String expression) {
        return new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, budget)
                .evaluate(Parser.parseExpression(Source.of("x", expression), Limits.DEFAULT)
                        .expression()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[for a in range(99999) : length([for b in range(99999) : b])]",
                "[for big in [toset(range(99999))] : [for a in range(99999) : setintersection(big, big)]]",
                "[for big in [range(99999)] : [for a in range(99999) : big == big]]",
                "[for big in [range(99999)] : [for a in range(99999) : length(jsonencode(big))]]",
                "[for big in [range(99999)] : [for a in range(99999) : contains(big, -1)]]",
                "[for big in [range(99999)] : [for a in range(99999) : true ? 1 : length(distinct(big))]]",
                "[for big in [join(\",\", range(99999))] : [for a in range(99999) : length(big)]]",
                "[for big in [join(\",\", range(99999))] : [for a in range(99999) : length(regexall(\"x\", big))]]",
            })
    void endsWhatWouldTakeForEver(String expression) {
        assertThat(evaluate(expression).diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.detail())
                        .isEqualTo("All expressions together may take 2,000,000 steps at most."
                                + " Of all that was evaluated, this has taken the most, 100 %."));
    }

    @Test
    void endsWhatWouldMakeTextForEver() {
        budget = new Budget(Limits.DEFAULT);

        assertThat(evaluate("[for big in [join(\",\", range(99999))] : [for a in range(9999) : \"${big}!\"]]")
                        .diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.detail()).startsWith("All strings together may have 67108864 characters"));
    }

    @Test
    void stopsEvenWhatWouldTrySomethingElse() {
        assertThat(evaluate("try([for a in range(99999) : length([for b in range(99999) : b])], 1)")
                        .value())
                .isEmpty();
    }

    @Test
    void staysSpent() {
        evaluate("[for a in range(99999) : length([for b in range(99999) : b])]");

        assertThat(evaluate("1")
                        .diagnostics()
                        .getFirst()
                        .subject()
                        .orElseThrow()
                        .text())
                .startsWith("[for a in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[for big in [{for a in range(9999) : a => a}] : [for a in range(9999) : lookup(big, a, a)]]",
                "[for big in [range(9999)] : [for a in range(9999) : length(big)]]",
                "[for big in [range(9999)] : [for a in range(9999) : element(big, a)]]",
                "[for big in [range(9999)] : [for a in range(9999) : contains(big, a)]]",
                "[for big in [{for a in range(99) : a => a}] : [for a in range(9999) : merge(big, {b = 1})]]",
                "length([for a in range(999) : [for b in range(999) : a * b if a > b]])",
            })
    void letsPassWhatALargeSpecDoes(String expression) {
        budget = new Budget(Limits.DEFAULT);

        assertThat(evaluate(expression).value()).isPresent();
    }
}
