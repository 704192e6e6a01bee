package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.view.plan.PlanText;

/// How much of a plan is shown.
public final class PlanDisplayOptions {
    boolean detail;
    boolean allReplicas;

    /// Has the command take them.
    public void declare(Declaration declared) {
        declared.flag("--detail", "Shows every attribute of new services, too.", on -> detail = on);
        declared.flag("--all-replicas", "A line for each replica, however many there are.", on -> allReplicas = on);
    }

    /// As they were typed.
    public PlanText.Options options() {
        return new PlanText.Options(detail, allReplicas);
    }
}
