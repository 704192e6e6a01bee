package dev.skyhedge.cli.why;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.engine.decision.Alternative;
import dev.skyhedge.engine.decision.Alternative.Standing;
import dev.skyhedge.engine.plan.Action;
import java.util.List;
import java.util.Locale;

/// Decisions as people read them.
final class WhyText {
    private static final int MOST_SHOWN = 20;

    private WhyText() {}

    static String why(String replica, KeptDecision kept, Display display) {
        StringBuilder text = new StringBuilder();
        List<Action> actions = kept.decision().about(replica);
        actions.forEach(action -> text.append(display.wrap(replica + " " + done(action) + ": " + action.reason(), ""))
                .append('\n'));
        text.append(display.wrap(when(kept), "")).append("\n\n");
        List<Alternative> alternatives =
                kept.decision().alternatives(actions.getFirst().service());
        append(text, alternatives, display);
        return text.toString();
    }

    static String whyNot(String place, KeptDecision kept, List<WhyNot> answers, Display display) {
        StringBuilder text = new StringBuilder(display.wrap(when(kept), "") + "\n");
        for (WhyNot answer : answers) {
            text.append('\n')
                    .append(display.wrap("service." + answer.service() + ": " + answer(place, answer), ""))
                    .append("\n\n");
            append(text, answer.there(), display);
        }
        return text.toString();
    }

    private static String answer(String place, WhyNot answer) {
        if (answer.launched().isPresent()) {
            Alternative launched = answer.launched().get();
            return "launched at " + launched.offer().location() + ", "
                    + launched.offer().market().word() + ": " + launched.why() + ".";
        }
        return answer.turn()
                .map(turn -> "nothing was launched in " + place + ". "
                        + turn.launch().offer().location() + ", "
                        + turn.launch().offer().market().word() + ", would have been launched if " + turn.change()
                        + ".")
                .orElse("nothing was launched in " + place
                        + ", and no change of one offer there is known that would have turned it.");
    }

    private static String when(KeptDecision kept) {
        return "Decided at " + kept.at() + ", which led to serial " + kept.serial() + ". "
                + (kept.decision().isDerivedAgain()
                        ? "Asked again, the planner decides the same."
                        : "Asked again, the planner of this version decides otherwise: what follows is its view.");
    }

    private static String done(Action action) {
        return switch (action) {
            case Action.Launch launch ->
                "was launched at " + launch.offer().location() + ", "
                        + launch.offer().market().word() + ", " + launch.offer().price();
            case Action.Drain _ -> "was drained";
            case Action.Terminate _ -> "was ended";
            case Action.Adopt _ -> "was adopted";
            case Action.Forget _ -> "was forgotten";
            case Action.PutWorkload _, Action.RemoveWorkload _, Action.MoveService _, Action.Later _ -> "was planned";
        };
    }

    /// Nothing of workloads of which no alternatives are known.
    private static void append(StringBuilder text, List<Alternative> alternatives, Display display) {
        if (alternatives.isEmpty()) {
            return;
        }
        Table table = new Table(display, "  ", "rlllll");
        table.header("price", "market", "location", "type", "", "why");
        int left = 0;
        for (int i = 0; i < alternatives.size(); i++) {
            Alternative one = alternatives.get(i);
            boolean chosen = one.standing() == Standing.CHOSEN;
            if (i >= MOST_SHOWN && !chosen) {
                left++;
                continue;
            }
            table.add(
                    switch (one.standing()) {
                        case CHOSEN -> Ink.ADDED;
                        case OPEN -> Ink.STRONG;
                        case CLOSED, RULED_OUT -> Ink.FAINT;
                    },
                    one.offer().price().toString(),
                    one.offer().market().word(),
                    one.offer().location().toString(),
                    one.offer().instanceType(),
                    word(one.standing()),
                    one.why());
        }
        table.appendTo(text);
        if (left > 0) {
            text.append("  and ").append(left).append(" dearer ones, which -json shows\n");
        }
    }

    static String word(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
