package dev.skyhedge.specs.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.syntax.Token;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpecFormatProperties {
    private static final List<String> ATOMS = List.of(
            "1",
            "2.50",
            "true",
            "null",
            "\"a b\"",
            "\"x${ y+1 }\"",
            "\"%{ if a }b%{ endif }\"",
            "var.x",
            "var.l [ 0 ]",
            "l[*].a",
            "l.*.a",
            "<<E\n x ${ y }\nE\n",
            "<<-E\n   x\n  E\n",
            "f( )",
            "{}",
            "[ ]",
            "local.a-b");

    @Provide
    Arbitrary<String> body() {
        return body(2);
    }

    private static Arbitrary<String> body(int depth) {
        Arbitrary<String> end = Arbitraries.of("\n", " # c\n", "\n\n", "\n // own\n", "   \n");
        Arbitrary<String> name =
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9).map(n -> "n" + n);
        Arbitrary<String> sign = Arbitraries.of("=", " =", "   = ");
        Arbitrary<String> space = Arbitraries.of("", " ", "      ", "\t");
        Arbitrary<String> attribute = Combinators.combine(space, name, sign, expression(2), end)
                .as((s, n, e, x, c) -> s + n + e + x + (x.endsWith("\n") ? "" : c));
        Arbitrary<String> block = depth == 0
                ? Arbitraries.just("b {}\n")
                : Combinators.combine(name, Arbitraries.of(" x", " \"y\"", ""), body(depth - 1))
                        .as((n, l, b) -> n + l + "  {\n" + b + "\n}\n");
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, attribute), net.jqwik.api.Tuple.of(1, block))
                .list()
                .ofMaxSize(4)
                .map(items -> String.join("", items));
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> atom = Arbitraries.of(ATOMS);
        if (depth == 0) {
            return atom.filter(a -> !a.endsWith("\n"));
        }
        Arbitrary<String> inner = expression(depth - 1).filter(e -> !e.contains("\n"));
        Arbitrary<String> operator = Arbitraries.of("+", " - ", "*", " / ", "%", "==", " && ", "||", "<=");
        return Arbitraries.oneOf(
                atom,
                Combinators.combine(inner, operator, inner).as((a, o, b) -> a + o + b),
                inner.map(e -> "( " + e + ")"),
                inner.map(e -> "! " + e),
                inner.map(e -> "- " + e),
                inner.map(e -> "[ " + e + ",\n" + e + " , ]"),
                inner.map(e -> "{ k=" + e + ",\n  (m) :" + e + "\n\n }"),
                inner.map(e -> "f(" + e + " ,\n# c\n" + e + "...)"),
                inner.map(e -> "[for x in(" + e + "):x if[1]==x]"),
                inner.map(e -> "{for k,v in " + e + ":k=>- v...}"),
                Combinators.combine(inner, inner).as((a, b) -> a + "?" + b + ":" + a));
    }

    @Property(tries = 400)
    void formattingTwiceIsFormattingOnce(@ForAll("body") String text) {
        String once = SpecFormatTest.format(text);

        assertThat(SpecFormatTest.format(once)).isEqualTo(once);
    }

    @Property(tries = 400)
    void keepsTheTreeAndTheComments(@ForAll("body") String text) {
        String formatted = SpecFormatTest.format(text);

        Assume.that(!formatted.equals("refused"));
        assertThat(tree(formatted)).isEqualTo(tree(text));
        assertThat(comments(formatted)).isEqualTo(comments(text));
    }

    private static String tree(String text) {
        return Parser.parse(Source.of("t", text), Limits.DEFAULT)
                .body()
                .items()
                .toString()
                .replaceAll("t:\\d+,\\d+-\\d+(,\\d+)?", "_");
    }

    private static List<String> comments(String text) {
        return Token.all(Source.of("t", text), Limits.DEFAULT).stream()
                .filter(t -> t.kind() == Token.Kind.COMMENT)
                .map(t -> text.substring(t.from(), t.to()).strip())
                .toList();
    }
}
