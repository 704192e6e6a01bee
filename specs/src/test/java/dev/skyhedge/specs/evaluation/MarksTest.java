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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length(tonumber(var.later))",
                "tonumber(var.later).a",
                "tonumber(var.later)[0]",
                "toset(split(\",\", var.later))[0]",
                "split(\",\", var.later).a",
                "[for x in tonumber(var.later) : x]",
                "\"%{ for x in tonumber(var.later) }%{ endfor }\"",
                "keys(split(\",\", var.later))",
                "tomap(split(\",\", var.later))",
                "merge({}, tonumber(var.later))",
                "concat([1], tonumber(var.later))",
                "max(tonumber(var.later)...)",
                "tobool(tonumber(var.later))",
                "try(length(tonumber(var.later)))",
            })
    void refusesWhatNoValueOfThatTypeCanBe(String expression) {
        assertThat(Expressions.evaluate(expression).value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var.later == \"x\" ? var.key : \"a\"",
                "var.later == \"x\" ? \"a\" : var.key",
                "var.later == \"x\" ? [var.key] : [\"a\"]",
            })
    void keepsTheMarksOfBranchesOfWhichOneIsChosenLater(String expression) {
        assertThat(Expressions.evaluate(expression).value().orElseThrow().isMarked())
                .isTrue();
    }

    @Test
    void hidesASetOfWhichAnElementIsSensitive() {
        Value set = Expressions.evaluate("toset([var.key, \"hidden\", \"z\"])")
                .value()
                .orElseThrow();

        assertThat(set.isMarked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var.m[var.key]",
                "{ hidden = 1 }[sensitive(\"hiden\")]",
                "sensitive({ hidden = 1 }).hiden",
                "sensitive(tomap({ hidden = 1 })).hiden",
                "sensitive({ hidden = 1 })[\"hiden\"]",
                "tomap({ a = sensitive({ hidden = [1] }), b = { hidden = \"x\" } })",
                "tomap(sensitive({ hidden = [1], a = \"x\" }))",
            })
    void showsNoSensitiveKeyInAnError(String expression) {
        Evaluation evaluation = Expressions.evaluate(expression);

        assertThat(evaluation.value()).isEmpty();
        assertThat(evaluation.diagnostics().getFirst().detail()).doesNotContain("hidden");
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
