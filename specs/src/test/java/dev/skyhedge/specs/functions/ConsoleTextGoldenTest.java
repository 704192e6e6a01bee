package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.specs.evaluation.Expressions;
import dev.skyhedge.specs.values.TypeText;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The console prints values as Terraform's does.
class ConsoleTextGoldenTest {
    private static final List<String> EXPRESSIONS = List.of(
            "1.50",
            "1e21",
            "true",
            "\"x\"",
            "\"é \\t \\r \\\\ \\\" \\u0001 \\u007f \\u00a0 \\u200b \\u2028 👍\"",
            "\"$${x} %%{y}\"",
            "\"two\\nlines\"",
            "\"ends\\n\"",
            "\"EOT\\n EOT_\\n\"",
            "null",
            "tostring(null)",
            "tonumber(null)",
            "tobool(null)",
            "tolist(null)",
            "tomap(null)",
            "true ? null : { a = 1 }",
            "true ? null : tolist([1])",
            "[]",
            "{}",
            "tolist([])",
            "toset([])",
            "tomap({})",
            "[1, \"a\", [true, []]]",
            "tolist([\"a\", \"b\"])",
            "toset([\"b\", \"a\"])",
            "toset([[2], [1]])",
            "tomap({ b = 1, \"a b\" = 2 })",
            "{ b = { c = [{}] }, \"x-y\" = \"l1\\nl2\", \"$${k}\" = tomap({ z = \"m\\n\" }) }",
            "[sensitive(1), { a = sensitive(\"x\") }]",
            "tolist([tomap({ a = toset([1]) })])",
            "var.objs");

    @Test
    void printsWhatTerraformPrints(@TempDir Path directory) {
        Optional<TerraformConsole> terraform = TerraformConsole.find(directory);
        assumeTrue(terraform.isPresent(), "terraform is not on the path");
        String all = "[" + String.join(", ", EXPRESSIONS) + "]";

        Optional<String> theirs = terraform.get().print(all);

        assertThat(Expressions.evaluate(all).value().map(ValueText::of)).isEqualTo(theirs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    var.l                   | list(string)
                    1                       | number
                    null                    | dynamic
                    tolist([])              | list(dynamic)
                    []                      | tuple([])
                    {}                      | object({})
                    tomap({ a = [1] })      | map(⏎    tuple([⏎        number,⏎    ]),⏎)
                    { a = 1, b = [1, "x"] } | object({⏎    a: number,⏎    b: tuple([⏎        number,⏎        string,⏎    ]),⏎})
                    toset([{ a = 1 }])      | set(⏎    object({⏎        a: number,⏎    }),⏎)
                    """)
    void namesTypesAsTerraformDoes(String expression, String text) {
        Value value = Expressions.evaluate(expression).value().orElseThrow();

        assertThat(TypeText.of(value.type())).isEqualTo(text.replace('⏎', '\n'));
    }

    @Test
    void hidesWhatIsSensitiveAndShowsWhereASecretIs() {
        Value value = Expressions.evaluate("[var.key, var.later, secret(\"env:TOKEN\")]")
                .value()
                .orElseThrow();

        assertThat(ValueText.of(value)).isEqualTo("""
                [
                  (sensitive value),
                  (known after apply),
                  secret("env:TOKEN"),
                ]""");
    }
}
