package dev.skyhedge.specs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.ValueNote;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ids: ${var.objs[*].id}\"",
                "upper(var.objs[*].id)",
                "upper(var.objs.*.tags.x)",
                "var.objs[*].tags[var.s]",
                "[for o in var.objs : upper(o.tags)]",
                "[for o in var.objs : [o.tags][*].y]",
                "upper([for o in var.objs : o.id])",
                "var.objs[*].missing + 1",
            })
    void anErrorAboutWhatASplatOrAForMakesIsADiagnostic(String expression) {
        assertThat(Expressions.evaluate(expression).diagnostics()).hasSize(1);
    }

    @Test
    void anAttemptThatFailsAboutASplatIsFollowedByTheNext() {
        assertThat(Expressions.evaluate("try(\"x${var.objs[*].id}\", \"ok\")").value())
                .contains(Value.of("ok"));
    }

    @Test
    void tellWhatASplatGoesOver() {
        assertThat(notes("upper(var.objs[*].id)")).containsExactly("var.objs is tuple with 2 elements");
    }

    @Test
    void sayNothingOfNamesThatMeanSomethingOnlyInside() {
        assertThat(notes("upper([for o in var.objs : o.id])")).containsExactly("var.objs is tuple with 2 elements");
    }

    @Test
    void tellNothingOfTheElementOfASplatWhichHasNoName() {
        assertThat(notes("var.objs.*.id.0")).isEmpty();
    }

    @Test
    void tellTheElementAtWhichALoopFailed() {
        assertThat(notes("[for o in var.objs : upper(o.tags)]")).containsExactly("o.tags is object with 1 attribute");
    }

    private static List<String> notes(String expression) {
        return Expressions.evaluate(expression).diagnostics().getFirst().values().stream()
                .map((ValueNote note) -> note.traversal() + " " + note.statement())
                .toList();
    }
}
