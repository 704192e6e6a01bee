package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "var.key",
                "\"a ${var.key}\"",
                "length(var.key)",
                "jsonencode([var.key])",
                "var.key == \"x\"",
                "var.key == \"x\" ? 1 : 2",
                "[for c in split(\"\", var.key) : c]",
                "{ (var.key) = 1 }",
                "[var.key]",
                "{ a = var.key }.a",
                "coalesce(var.key, \"b\")",
                "try(var.key, 1)",
                "upper(var.key)",
                "var.key != null && true",
            })
    void keepsTheMarkThrough(String expression) {
        Value value = Expressions.evaluate(expression).value().orElseThrow();

        assertThat(value.shape().sensitive()).isTrue();
        assertThat(value.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"var.later == \"x\"", "upper(var.later)", "\"a${var.later}\"", "try(var.later, 1)"})
    void staysUnknownThrough(String expression) {
        assertThat(Expressions.evaluate(expression).value().orElseThrow()).isInstanceOf(Value.UnknownValue.class);
    }

    @Test
    void knowsTheLengthOfACollectionWithUnknownElements() {
        assertThat(Expressions.evaluate("length([var.later, 1])").value()).contains(Value.of(2));
    }

    @Test
    void refusesASecretInATemplate() {
        Evaluation evaluation = Expressions.evaluate("\"token ${secret(\"env:A\")}\"");

        assertThat(evaluation.diagnostics().getFirst().summary()).isEqualTo("Invalid template interpolation value");
    }

    @Test
    void saysNothingSensitiveInAnError() {
        Evaluation evaluation = Expressions.evaluate("lookup({}, var.key)");

        assertThat(evaluation.diagnostics().toString()).doesNotContain("hidden");
        assertThat(evaluation.diagnostics().getFirst().values().getFirst().statement())
                .isEqualTo("has a sensitive value");
    }

    @Test
    void typesAnUnknownResult() {
        assertThat(Expressions.evaluate("upper(var.later)").value()).contains(new Value.UnknownValue(Type.STRING));
    }
}
