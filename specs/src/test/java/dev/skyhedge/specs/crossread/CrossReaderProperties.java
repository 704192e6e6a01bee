package dev.skyhedge.specs.crossread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.Source;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Two independent readers on specs of literals, which the second one reads rightly.
class CrossReaderProperties {
    private static final List<String> LITERALS = List.of(
            "1",
            "2.5",
            "true",
            "false",
            "\"\"",
            "\"text\"",
            "\"a # b\"",
            "\"a { b\"",
            "\"service\"",
            "\"a \\\" b\"",
            "[1, 2]",
            "[\"a\", \"b\"]",
            "[]",
            "{ k = 1 }",
            "{ k = \"v\", l = true }");

    @Provide
    Arbitrary<String> spec() {
        return block(2).list().ofMaxSize(5).map(blocks -> String.join("\n", blocks));
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("service", "replica", "provider", "a", "b_c", "d-e", "x1");
    }

    private static Arbitrary<String> block(int depth) {
        Arbitrary<String> attributes = Arbitraries.of(LITERALS)
                .list()
                .ofMaxSize(4)
                .map(values -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < values.size(); i++) {
                        text.append("attr")
                                .append(i)
                                .append(" = ")
                                .append(values.get(i))
                                .append(" # end\n");
                    }
                    return text.toString();
                });
        Arbitrary<String> inner = depth == 0
                ? Arbitraries.just("")
                : block(depth - 1).list().ofMaxSize(2).map(b -> String.join("", b));
        Arbitrary<String> label = Arbitraries.of("", " \"l\"", " \"m-1\"", " \"a b\"");
        return Combinators.combine(name(), label, attributes, inner)
                .as((type, l, values, blocks) -> type + l + " {\n" + values + "// comment\n" + blocks + "}\n");
    }

    @Property(tries = 300)
    void bothReadersFindTheSame(@ForAll("spec") String text) {
        CrossReading reading = CrossReader.compare(List.of(Source.of("main.hcl", text)));

        assertThat(reading).isEqualTo(new CrossReading.Agreed());
    }

    @Property(tries = 300)
    void noTextMakesItThrow(@ForAll String text) {
        CrossReader.removals(List.of(Source.of("main.hcl", "service " + text)), List.of("chat"));
    }
}
