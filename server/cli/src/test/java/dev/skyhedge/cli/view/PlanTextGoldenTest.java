package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanTotals;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextGoldenTest {
    private static final Display WIDE = new Display(160, false);

    private static String render(PlanView view, Display display) {
        return PlanText.render(view, PlanText.Options.DEFAULT, display);
    }

    @Test
    void showsWhatTheArchitectureShows() {
        Golden.check("plan-first.txt", render(Samples.firstPlan(), WIDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 140})
    void keepsToTheWidthOfTheTerminal(int columns) {
        String text = render(Samples.changingPlan(), new Display(columns, false))
                + render(Samples.firstPlan(), new Display(columns, false));

        Golden.check("plan-" + columns + ".txt", text);
    }

    @Test
    void noLineIsLongerThanTheTerminalIsWide() {
        for (int columns = 80; columns < 200; columns++) {
            Display display = new Display(columns, false);
            int most = columns;

            assertThat(render(Samples.firstPlan(), display).lines()).allMatch(line -> line.length() <= most);
            assertThat(render(Samples.changingPlan(), display).lines()).allMatch(line -> line.length() <= most);
        }
    }

    @Test
    void coloursOnlyWhenTold() {
        String text = render(Samples.changingPlan(), new Display(120, true));

        assertThat(text.replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(render(Samples.changingPlan(), new Display(120, false)));
        Golden.check("plan-colour.txt", text);
    }

    @Test
    void showsChangedAndRemovedServicesAttributeByAttribute() {
        String text = render(Samples.changingPlan(), WIDE);

        assertThat(text).doesNotContain("aa", "bb", "s3cr3t", "n3w");
        Golden.check("plan-changes.txt", text);
    }

    @Test
    void showsNewServicesAttributeByAttributeInDetail() {
        Golden.check("plan-detail.txt", PlanText.render(Samples.firstPlan(), new PlanText.Options(true, false), WIDE));
    }

    @Test
    void saysThatNothingChanges() {
        var plan = Samples.plan(List.of());

        assertThat(render(Samples.view(plan), WIDE)).isEqualTo("No changes. Your services match the spec.\n");
    }

    @Test
    void showsWhyNothingCanBeDoneNow() {
        var plan = Samples.plan(
                List.of(),
                Samples.summary("chat", 3, 4, 0, Plan.Cost.ZERO, "3 spot replicas must wait 20s (no capacity)"));

        assertThat(render(Samples.view(plan), WIDE))
                .contains("Note: 3 spot replicas must wait 20s (no capacity)")
                .contains("No changes can be made now")
                .doesNotContain("match the spec");
    }

    @Test
    void aPlanWithProblemsIsNotCalledAMatch() {
        var plan = new Plan(
                Samples.T0,
                "l",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(new Plan.Problem("chat", "Service is protected", "Set protect = false.")),
                Optional.empty());

        assertThat(render(Samples.view(plan), WIDE)).isEmpty();
    }

    @Test
    void foldsManyLaunchesOfAKind() {
        List<Action> actions = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            actions.add(Samples.launch("chat", i, i % 2 == 0 ? Samples.OREGON : Samples.VIRGINIA, "cheapest zone"));
        }
        var plan = Samples.plan(actions, Samples.summary("chat", 10_000, 10_000, 0, Plan.Cost.ZERO));

        Golden.check("plan-folded.txt", render(Samples.view(plan), WIDE));
        assertThat(PlanText.render(Samples.view(plan), new PlanText.Options(false, true), WIDE)
                        .lines()
                        .filter(line -> line.startsWith("  + chat-")))
                .hasSize(10_000);
    }

    @Test
    void alignsNamesOfAnyScriptAndDisarmsEscapes() {
        var plan = Samples.plan(
                List.of(
                        Samples.launch("会話", 1, Samples.VIRGINIA, "évil \u001b[2J\nreason"),
                        Samples.launch("chat", 2, Samples.OREGON, "plain \u202e bidi")),
                Samples.summary("会話", 1, 1, 0, Plan.Cost.ZERO),
                Samples.summary("chat", 1, 1, 0, Plan.Cost.ZERO));

        String text = render(Samples.view(plan), WIDE);
        assertThat(text).doesNotContain("\u001b", "\u202e");
        Golden.check("plan-unicode.txt", text);
    }

    @Test
    void saysWhetherThePlanWasSaved() {
        assertThat(PlanText.notSavedNote(Display.PLAIN))
                .isEqualTo(
                        "Note: You didn't use the -out option to save this plan, so Skyhedge can't guarantee to take "
                                + "exactly these actions if you run \"skyhedge apply\" now.\n");
        assertThat(PlanText.savedNote("p1", Display.PLAIN)).startsWith("Saved the plan to: p1\n");
    }

    @Test
    void saysAPriceOnce() {
        assertThat(costs("0.41", "0.11", "0.30"))
                .isEqualTo("Cost: $0.41/h now, $0.11/h once spot is ready; all on-demand would be $0.30/h.");
        assertThat(costs("0.11", "0.11", "0.30")).isEqualTo("Cost: $0.11/h; all on-demand would be $0.30/h.");
        assertThat(costs("0.11", "0.11", "0"))
                .as("nothing is sold on demand that the spec permits")
                .isEqualTo("Cost: $0.11/h.");
        assertThat(costs("0.20", "0.20", "0.20")).isEqualTo("Cost: $0.20/h.");
    }

    private static String costs(String now, String settled, String allOnDemand) {
        var plan = Samples.plan(List.of(), Samples.summary("chat", 2, 2, 0, Samples.cost(now, settled, allOnDemand)));
        return PlanTotals.of(plan).costs();
    }

    @Test
    void countsAReplacementOnce() {
        var totals = PlanTotals.of(Samples.changingPlan().plan());

        assertThat(totals.summary()).isEqualTo("Plan: 0 to launch, 1 to replace, 1 to terminate, 1 to update.");
    }
}
