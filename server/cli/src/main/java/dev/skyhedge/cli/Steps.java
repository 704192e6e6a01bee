package dev.skyhedge.cli;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.Offer;
import java.util.List;

/// What a plan does, without the why and the price: two plans with the same steps are one to whoever agreed to the
/// first.
final class Steps {
    private Steps() {}

    static List<String> of(Plan plan) {
        return plan.actions().stream().map(Steps::of).toList();
    }

    private static String of(Action action) {
        return switch (action) {
            case Action.PutService put ->
                put.isVisible() ? "put " + put.service() + " " + put.after().specJson() : "note " + put.service();
            case Action.RemoveService remove -> "remove " + remove.service();
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
        return offer.instanceType() + " " + offer.market() + " " + offer.location();
    }
}
