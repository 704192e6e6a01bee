package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Expressions;
import dev.skyhedge.specs.values.Value;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FunctionTableTest {
    @TestFactory
    Stream<DynamicTest> examplesAreTrue() {
        return FunctionTable.standard().all().stream()
                .flatMap(f -> f.examples().stream()
                        .map(e -> DynamicTest.dynamicTest(e.call(), () -> {
                            Evaluation call = Expressions.evaluate("(" + e.call() + ") == (" + e.result() + ")");
                            assertThat(call.diagnostics()).isEmpty();
                            assertThat(call.value()).contains(Value.of(true));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyFunctionIsDocumented() {
        return FunctionTable.standard().all().stream()
                .map(f -> DynamicTest.dynamicTest(
                        f.name(), () -> assertThat(f.documentation()).endsWith(".")));
    }
}
