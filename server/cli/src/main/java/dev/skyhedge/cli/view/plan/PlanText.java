package dev.skyhedge.cli.view.plan;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.ObjectDiff;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan as people read it.
public final class PlanText {
    private static final int LOCATION_OF_DRIFT = 2;

    private PlanText() {}

    /// How much of it.
    ///
    /// @param detail whether new services are shown attribute by attribute too, not only changed ones
    /// @param allReplicas whether each replica gets its line, however many there are
    public record Options(boolean detail, boolean allReplicas) {
        public static final Options DEFAULT = new Options(false, false);
    }

    /// The whole plan; ends with a newline.
    public static String render(PlanView view, Options options, Display display) {
        StringBuilder text = new StringBuilder();
        drift(text, view.drift(), display);
        String changes = ServiceChanges.render(view, options.detail(), display);
        if (!changes.isEmpty()) {
            text.append(symbols(view.plan(), display)).append("\n\n").append(changes);
        }
        services(text, view, options, display);
        outputs(text, view.outputs(), display);
        ending(text, view, display);
        return text.toString();
    }

    /// What the plan does, counted, in one sentence.
    public static String summary(Plan plan) {
        return PlanTotals.of(plan).summary();
    }

    /// The same of the whole update that the plan begins.
    public static String summary(PlanView view) {
        return PlanTotals.inTheEnd(view).summary();
    }

    /// What to say after a plan that was not saved.
    public static String notSavedNote(Display display) {
        return display.wrap(
                        "Note: You didn't use the -out option to save this plan, so Skyhedge can't guarantee to take "
                                + "exactly these actions if you run \"skyhedge apply\" now.",
                        "")
                + "\n";
    }

    /// What to say after a plan that was saved.
    public static String savedNote(String file, Display display) {
        String name = Words.clean(file);
        return "Saved the plan to: " + display.paint(Ink.STRONG, name) + "\n\n"
                + "To perform exactly these actions, run the following command to apply:\n    skyhedge apply \""
                + name + "\"\n";
    }

    private static void drift(StringBuilder text, List<Step.Transition> drift, Display display) {
        if (drift.isEmpty()) {
            return;
        }
        text.append(display.paint(Ink.STRONG, "Note: Objects have changed outside of Skyhedge"))
                .append("\n\n");
        Table table = new Table(display, "  ", "llll").givingWay(LOCATION_OF_DRIFT);
        for (Step.Transition change : drift) {
            ReplicaRecord after = change.after();
            String before = change.before().map(r -> r.lifecycle().name()).orElse("unknown");
            table.add(
                    Ink.CHANGED,
                    "~ " + after.name(),
                    before + " -> " + after.lifecycle().name(),
                    after.offer().location().toString(),
                    after.reason());
        }
        table.appendTo(text);
        text.append('\n');
    }

    private static String symbols(Plan plan, Display display) {
        boolean adds = false;
        boolean changes = false;
        boolean removes = false;
        boolean imports = false;
        boolean forgets = false;
        for (Action planned : plan.actions()) {
            switch (Action.now(planned)) {
                case Action.PutWorkload put -> {
                    adds |= put.before().isEmpty();
                    changes |= put.before().isPresent() && put.isVisible();
                }
                case Action.Launch _ -> adds = true;
                case Action.Drain _, Action.Terminate _ -> removes = true;
                case Action.Adopt _ -> imports = true;
                case Action.Forget _ -> forgets = true;
                case Action.RemoveWorkload removal -> removes |= !ServiceView.forgets(plan, removal.service());
                case Action.MoveService _, Action.Later _ -> {}
            }
        }
        List<String> used = new ArrayList<>();
        if (adds) {
            used.add(display.paint(Ink.ADDED, "+") + " create");
        }
        if (changes) {
            used.add(display.paint(Ink.CHANGED, "~") + " update in-place");
        }
        if (removes) {
            used.add(display.paint(Ink.REMOVED, "-") + " destroy");
        }
        if (imports) {
            used.add(display.paint(Ink.CHANGED, "=") + " import");
        }
        if (forgets) {
            used.add(display.paint(Ink.CHANGED, ".") + " forget");
        }
        if (used.isEmpty()) {
            return "Skyhedge will perform the following actions:";
        }
        String intro = "Skyhedge will perform the following actions. Actions are indicated with the following symbols:";
        return display.wrap(intro, "") + "\n  " + String.join("      ", used);
    }

    private static void services(StringBuilder text, PlanView view, Options options, Display display) {
        Map<String, List<Action>> actions = view.actionsByService();
        for (Plan.WorkloadSummary summary : view.plan().services()) {
            String name = summary.service();
            service(
                    text,
                    new ServiceView(
                            summary,
                            actions.getOrDefault(name, List.of()),
                            Optional.ofNullable(view.world().workloads().get(name))),
                    options,
                    display);
        }
    }

    private static void service(StringBuilder text, ServiceView service, Options options, Display display) {
        String table = ReplicaTable.render(service.actions(), options.allReplicas(), display);
        List<String> notes = service.notes();
        if (table.isEmpty() && notes.isEmpty() && !service.isPut()) {
            return;
        }
        text.append("  ")
                .append(display.paint(Ink.STRONG, service.heading()))
                .append('\n')
                .append(table);
        for (String note : notes) {
            text.append(display.paint(Ink.CHANGED, display.wrap("Note: " + Words.clean(note), "    ")))
                    .append('\n');
        }
        text.append('\n');
    }

    private static void outputs(StringBuilder text, List<PlanView.OutputChange> outputs, Display display) {
        if (outputs.isEmpty()) {
            return;
        }
        text.append("Changes to Outputs:\n");
        ObjectDiff diff = new ObjectDiff(display, text, Set.of());
        diff.attributes(OutputTree.before(outputs), OutputTree.after(outputs), 0);
        text.append('\n');
    }

    private static void unfinished(StringBuilder text, Plan plan) {
        for (Plan.WorkloadSummary service : plan.services()) {
            if (service.isUnfinished()) {
                text.append(Words.clean(service.service()))
                        .append(": ")
                        .append(service.serving())
                        .append(" of ")
                        .append(service.wanted())
                        .append(service.wanted() == 1 ? " replica serves" : " replicas serve");
                if (service.missing() > Math.max(0, service.wanted() - service.serving())) {
                    text.append(", ").append(service.missing()).append(" missing of some accelerator");
                }
                if (service.outdated() > 0) {
                    text.append(", ").append(service.outdated()).append(" still to be replaced");
                }
                text.append(".\n");
            }
        }
    }

    /// What of the totals is this step, if more follow.
    private static void now(StringBuilder text, PlanView view, Display display) {
        List<Replacements> later = Replacements.of(view);
        if (!later.isEmpty()) {
            String now = "Now: " + PlanTotals.of(view.plan()).launchesAndEnds() + ". The rest follows as replacements"
                    + " serve" + Replacements.pace(later) + ".";
            text.append(display.wrap(now, "")).append('\n');
        }
    }

    private static void ending(StringBuilder text, PlanView view, Display display) {
        Plan plan = view.plan();
        boolean waits =
                plan.services().stream().anyMatch(service -> !service.notes().isEmpty());
        if (plan.hasChanges()) {
            PlanTotals totals = PlanTotals.inTheEnd(view);
            text.append(display.paint(Ink.STRONG, totals.summary())).append('\n');
            now(text, view, display);
            text.append(display.wrap(totals.costs(), "")).append('\n');
        } else if (waits) {
            text.append("No changes can be made now; see the notes above.\n");
            unfinished(text, plan);
        } else if (plan.isUnfinished()) {
            text.append("No changes can be made now.\n");
            unfinished(text, plan);
        } else if (plan.problems().isEmpty()) {
            text.append(display.paint(Ink.ADDED, "No changes.")).append(" Your services match the spec.\n");
        }
        plan.budget()
                .ifPresent(standing ->
                        text.append(display.wrap(standing.text(), "")).append('\n'));
    }
}
