package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Parser;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final String LONG = "[for a in range(3000) : a + 1]";

    private final AtomicLong clock = new AtomicLong();

    /// Every look at the clock takes that long.
    private Evaluation evaluate(String expression, Duration look) {
        Budget budget = new Budget(Limits.DEFAULT, () -> clock.getAndAdd(look.toNanos()));
        return new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, budget)
                .evaluate(Parser.parseExpression(Source.of("x", expression), Limits.DEFAULT)
                        .expression()
                        .orElseThrow());
    }

    @Test
    void endsAnEvaluationThatTakesTooLong() {
        assertThat(evaluate(LONG, Duration.ofSeconds(11)).diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.detail()).isEqualTo("An evaluation may take 10 s at most."));
    }

    @Test
    void stopsEvenWhatWouldTrySomethingElse() {
        assertThat(evaluate("try(" + LONG + ", 1)", Duration.ofSeconds(11)).value())
                .isEmpty();
    }

    @Test
    void letsAQuickOneEnd() {
        assertThat(evaluate(LONG, Duration.ofMillis(1)).value()).isPresent();
    }
}
