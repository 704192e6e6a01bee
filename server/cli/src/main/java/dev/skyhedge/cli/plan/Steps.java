package dev.skyhedge.cli.plan;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.Offer;
import java.util.List;
import java.util.stream.Collectors;

/// What a plan does, without the why and the price: two plans with the same steps are one to whoever agreed to the
/// first.
final class Steps {
    private static final int SHOWN = 5;

    private Steps() {}

    static List<String> of(Plan plan) {
        return plan.actions().stream().map(Steps::of).toList();
    }

    /// In what the later plan differs, to go on a sentence with; empty if in nothing that is worth words.
    static String news(Plan before, Plan now) {
        List<String> then = words(before);
        List<String> today = words(now);
        String gone = listed("not any more: ", then, today);
        String come = listed("now also: ", today, then);
        return gone.isEmpty() && come.isEmpty()
                ? ""
                : ": " + gone + (gone.isEmpty() || come.isEmpty() ? "" : "; ") + come;
    }

    private static List<String> words(Plan plan) {
        return plan.actions().stream().map(Steps::word).toList();
    }

    private static String listed(String prefix, List<String> all, List<String> known) {
        List<String> others = all.stream().filter(one -> !known.contains(one)).toList();
        return others.isEmpty()
                ? ""
                : prefix
                        + others.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "");
    }

    private static String word(Action action) {
        return switch (action) {
            case Action.PutWorkload put -> "change service " + put.service();
            case Action.Launch launch -> "launch " + launch.replica() + " as " + place(launch.offer());
            case Action.Drain drain -> "end " + drain.replica();
            case Action.Terminate end -> "end " + end.replica();
            case Action.RemoveWorkload _, Action.MoveService _, Action.Adopt _, Action.Forget _, Action.Later _ ->
                of(action);
        };
    }

    private static String of(Action action) {
        return switch (action) {
            case Action.PutWorkload put ->
                put.isVisible() ? "put " + put.service() + " " + put.after().specJson() : "note " + put.service();
            case Action.RemoveWorkload remove -> "remove " + remove.service();
            case Action.MoveService move -> "move " + move.before().name() + " to " + move.service();
            case Action.Launch launch ->
                "launch " + launch.replica() + " " + launch.version() + " " + place(launch.offer());
            case Action.Drain drain -> "end " + drain.replica() + "#" + drain.generation() + " " + drain.endsAs();
            case Action.Terminate end -> "end " + end.replica() + "#" + end.generation() + " " + end.endsAs();
            case Action.Adopt adopt -> "adopt " + adopt.instanceId() + " as " + adopt.replica();
            case Action.Forget forget -> "forget " + forget.replica();
            case Action.Later later -> "later " + of(later.action());
        };
    }

    private static String place(Offer offer) {
        return offer.instanceType() + " " + offer.market().word() + " " + offer.location();
    }
}
