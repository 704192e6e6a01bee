package dev.skyhedge.specs.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Expressions;
import dev.skyhedge.specs.loading.SourceDecoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ParserProperties {
    private static final List<String> SNIPPETS = List.of(
            "a", "for", "in", "if", "1", ".", "[", "]", "{", "}", "(", ")", "\"", "${", "%{", "~}", "<<E\n", "<<-E\n",
            "E\n", "\n", " ", "=", "=>", "?", ":", ",", "...", "*", "-", "!", "&&", "==", "#", "/*", "*/", "\\",
            "\\u00", "null", "endif", "else", "\r\n", "é", "\ud83d", "$${", "upper(", "var.l", "[*]", ".*");

    private static Parser.Parsed parse(String text) {
        return Parser.parse(Source.of("t", text), Limits.DEFAULT);
    }

    private static String example() throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/skyhedge/specs/loading/chat.hcl"));
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(SNIPPETS).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    @Property(tries = 1500)
    void noTextMakesItThrow(@ForAll("soup") String text) {
        parse(text).diagnostics().forEach(d -> d.subject().orElseThrow().start());
        Expressions.evaluate(text)
                .diagnostics()
                .forEach(d -> d.subject().orElseThrow().end());
    }

    @Property(tries = 500)
    void noBytesMakeItThrow(@ForAll byte[] bytes) {
        SourceDecoding decoding = SourceDecoding.decode("t", bytes, Limits.DEFAULT);

        parse(decoding.source().text());
    }

    @Property(tries = 500)
    void aTreeLiesWithinItsText(@ForAll("soup") String text) {
        Parser.Parsed parsed = parse(text);

        parsed.body().items().forEach(item -> assertThat(item.range().to()).isLessThanOrEqualTo(text.length()));
    }

    @Test
    void everyPrefixIsAnErrorOrHasTheFirstItems() throws IOException {
        String text = example();
        List<String> whole = skeleton(parse(text));
        for (int end = 0; end < text.length(); end++) {
            Parser.Parsed parsed = parse(text.substring(0, end));
            if (parsed.diagnostics().isEmpty()) {
                List<String> some = skeleton(parsed);
                assertThat(whole.subList(0, some.size())).isEqualTo(some);
                assertThat(text.substring(0, end)
                                .lines()
                                .filter(l -> l.startsWith("service"))
                                .count())
                        .isEqualTo(parsed.body().blocks("service").size());
            }
        }
    }

    @Test
    void noBracketOrQuoteCanBeLostInSilence() throws IOException {
        String text = example();
        for (int i = 0; i < text.length(); i++) {
            if ("{}[]()\"".indexOf(text.charAt(i)) >= 0) {
                Parser.Parsed parsed = parse(text.substring(0, i) + text.substring(i + 1));
                boolean lost = parsed.diagnostics().isEmpty()
                        && parsed.body().blocks("service").size() < 1;
                assertThat(lost).as("without the character at %d", i).isFalse();
            }
        }
    }

    private static List<String> skeleton(Parser.Parsed parsed) {
        return parsed.body().items().stream()
                .map(item -> switch (item) {
                    case Body.Attribute attribute -> attribute.name();
                    case Body.Block block -> block.title();
                })
                .toList();
    }

    @Test
    void readsABlockWithManyAttributesInLinearTime() {
        String block =
                "service \"s%d\" {\n  a = 1\n  b = \"x\"\n  c = [1, 2]\n  d = { e = f.g }\n  e = \"${h.i}\"\n}\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            text.append(block.formatted(i));
        }

        assertThat(text.toString().getBytes(StandardCharsets.UTF_8).length).isGreaterThan(800_000);
        assertThat(parse(text.toString()).body().items()).hasSize(10_000);
    }
}
