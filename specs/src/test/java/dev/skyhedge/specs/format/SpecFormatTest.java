package dev.skyhedge.specs.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.Source;
import org.junit.jupiter.api.Test;

class SpecFormatTest {
    static String format(String text) {
        return SpecFormat.format(Source.of("t.hcl", text)) instanceof Formatting.Formatted(String formatted)
                ? formatted
                : "refused";
    }

    @Test
    void putsOneSpaceAroundOperators() {
        assertThat(format("f = max( 1,2 )+1")).isEqualTo("f = max(1, 2) + 1\n");
        assertThat(format("f = { for k,v in {}:k=>v }")).isEqualTo("f = { for k, v in {} : k => v }\n");
        assertThat(format("f = -1- -n*(a ?b:c)")).isEqualTo("f = -1 - -n * (a ? b : c)\n");
    }

    @Test
    void alignsNeighboursAndTheirComments() {
        assertThat(format("a=1 # x\nbcd = 2   // y\n# own\ne   = 3\n"))
                .isEqualTo("a   = 1 # x\nbcd = 2 // y\n# own\ne = 3\n");
    }

    @Test
    void indentsByOpenBrackets() {
        assertThat(format("a = [{\nb = 1\n}, {\nc = 2\n}]\nd = 1\n"))
                .isEqualTo("a = [{\n  b = 1\n  }, {\n  c = 2\n}]\nd = 1\n");
    }

    @Test
    void quotesLabelsAndUnwrapsLoneInterpolations() {
        assertThat(format("service chat {\na = \"${\"${ x }\"}\"\nb = \"${x}y\"\n}\n"))
                .isEqualTo("service \"chat\" {\n  a = x\n  b = \"${x}y\"\n}\n");
    }

    @Test
    void leavesHeredocsAndCommentsAlone() {
        String text = "a {\n  b = <<-EOT\n     x   ${y}\n    EOT\n  /* c\n d */\n  # e\n}\n";

        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void takesAByteOrderMarkAway() {
        assertThat(format("\ufeffa = 1\n")).isEqualTo("a = 1\n");
    }

    @Test
    void endsWithANewline() {
        assertThat(format("a = 1")).isEqualTo("a = 1\n");
        assertThat(format("")).isEmpty();
    }

    @Test
    void refusesWhatIsNoSpec() {
        Formatting formatting = SpecFormat.format(Source.of("t.hcl", "service {"));

        assertThat(formatting)
                .isInstanceOfSatisfying(
                        Formatting.Refused.class,
                        refused -> assertThat(refused.diagnostics()).hasSize(1));
    }
}
