package dev.skyhedge.specs.crossread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossReaderTest {
    private static final String TWO = "service \"chat\" {\n  protect = true\n}\n\nservice \"embed\" {\n}\n";

    private static List<Source> sources(String text) {
        return List.of(Source.of("main.hcl", text));
    }

    @Test
    void agreesThatAMissingServiceIsGone() {
        RemovalCheck check = CrossReader.removals(sources(TWO), List.of("rerank"));

        assertThat(check.isCertain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "quickstart", "scale-to-zero", "vllm-three-clouds"})
    void agreesOnTheExamples(String name) throws IOException {
        Path file = Path.of("examples/" + name + ".hcl");

        CrossReading reading = CrossReader.compare(List.of(Source.of(name, Files.readString(file))));

        assertThat(reading).isEqualTo(new CrossReading.Agreed());
    }

    @Test
    void showsBothReadingsWhereTheyDiffer() {
        Outline ours = new Outline(List.of(), 1, List.of(), List.of());
        Outline theirs = new Outline(
                List.of(), 1, List.of(), List.of(new Outline(List.of("service", "a"), 1, List.of("x"), List.of())));

        assertThat(ours.sameAs(theirs)).isFalse();
        assertThat(theirs.words()).isEqualTo("  line 1: service a (x)");
    }

    @Test
    void findsAServiceThatOnlyTheSecondReaderSees() {
        String text = "x = 'a'\nservice \"chat\" {\n}\n";

        RemovalCheck check =
                CrossReader.removals(sources("locals {\n" + text.replace("x = 'a'\n", "x = 1\n}\n")), List.of("gone"));
        CrossReading reading = CrossReader.removals(sources(text.replace("'a'", "'a")), List.of("chat"))
                .reading();

        assertThat(check.isCertain()).isTrue();
        assertThat(reading).isNotInstanceOf(CrossReading.Agreed.class);
    }

    @Test
    void stopsAtWordsThatLookLikeTheService() {
        RemovalCheck check = CrossReader.removals(
                sources("locals {\n  note = <<-EOT\n    service \"chat\" {\n    }\n  EOT\n}\n"), List.of("chat"));

        assertThat(check.mentions()).hasSize(1);
        assertThat(new DiagnosticText(false).render(check.mentions())).contains("main.hcl line 3");
        assertThat(check.isCertain()).isFalse();
    }

    @Test
    void takesACommentedOutServiceForGone() {
        String text =
                "# service \"chat\" {\n// service \"chat\"\n/*\nservice \"chat\" {\n}\n*/\nservice \"embed\" {\n}\n";

        assertThat(CrossReader.removals(sources(text), List.of("chat")).mentions())
                .isEmpty();
    }

    @Test
    void takesAnInstanceOfAServiceThatIsStillThereForGone() {
        String text = "service \"chat\" {\n  for_each = toset([\"us\"])\n}\n";

        assertThat(CrossReader.removals(sources(text), List.of("chat-eu")).isCertain())
                .isTrue();
    }

    @Test
    void saysThatAFileIsTooLong() {
        String text = "service \"a\" {\n}\n" + "# long\n".repeat(200_000);

        assertThat(CrossReader.removals(sources(text), List.of("b")).reading())
                .isInstanceOfSatisfying(
                        CrossReading.NotRead.class,
                        n -> assertThat(n.why()).startsWith("main.hcl").contains("longer"));
    }

    @Test
    void leavesFilesWithoutServicesAlone() {
        assertThat(CrossReader.removals(sources("x = ~'"), List.of("b")).reading())
                .isEqualTo(new CrossReading.Agreed());
    }

    @Test
    void survivesDeepNesting() {
        Source source = Source.of("deep.hcl", "a = " + "[".repeat(100_000));

        assertThat(new SecondReader(Duration.ofSeconds(5)).read(source)).isNotNull();
    }
}
