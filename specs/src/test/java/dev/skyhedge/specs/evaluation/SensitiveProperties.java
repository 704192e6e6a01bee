package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.functions.ExpressionText;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever is made of a secret, neither a result nor an error shows it.
class SensitiveProperties {
    private static final String SECRET = "q7zkv";
    private static final Map<Character, List<String>> SENSITIVE = Map.of(
            'N', List.of("length(var.token)", "(var.secrets)[0]", "(var.m)[var.token]", "var.m[var.token]"),
            'S', List.of("var.token", "\"x-${var.token}\"", "(var.secrets).q7zkw", "var.m[var.token]"),
            'B', List.of("var.token == \"a\""),
            'L',
                    List.of(
                            "[var.token, \"a\"]",
                            "toset([var.token, \"a\"])",
                            "keys(var.secrets)",
                            "sensitive([[var.token]])"),
            'M', List.of("var.secrets", "{ (var.token) = 1 }", "{ a = var.token }", "{ a = var.secrets }"),
            'A', List.of("var.token", "var.secrets[\"q7zkw\"]", "(var.m)[var.token]"));

    private static Optional<Value> variable(String root, String name) {
        return switch (name) {
            case "token" -> Optional.of(Value.sensitive(Value.of(SECRET)));
            case "secrets" ->
                Optional.of(Value.sensitive(new Value.ObjectValue(
                        Map.of(SECRET, Value.of(SECRET), "b", new Value.TupleValue(List.of(Value.of(SECRET)))))));
            default -> Expressions.variable(root, name);
        };
    }

    @Property(tries = 3000)
    void neitherAResultNorAnErrorShowsASecret(@ForAll("expressions") String expression) {
        Evaluation evaluation = Expressions.evaluate(expression, SensitiveProperties::variable);

        String shown =
                new DiagnosticText(false).render(evaluation.diagnostics()).replace(expression, "")
                        + evaluation.value().map(ValueText::of).orElse("");
        assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain(SECRET, "vkz7q");
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> whole = new ExpressionText(SENSITIVE).any(2);
        Arbitrary<String> form =
                Arbitraries.of("%s", "(%s).q7zkw", "(%s)[var.token]", "tomap(%s)", "tonumber(%s)", "upper(%s)");
        return Combinators.combine(form, whole).as(String::formatted);
    }
}
