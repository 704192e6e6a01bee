package dev.skyhedge.cli;

import dev.skyhedge.cli.view.PlanText;

/// How much of a plan is shown.
final class PlanDisplayOptions {
    boolean detail;
    boolean allReplicas;

    void declare(Declaration declared) {
        declared.flag("--detail", "Shows every attribute of new services, too.", on -> detail = on);
        declared.flag("--all-replicas", "A line for each replica, however many there are.", on -> allReplicas = on);
    }

    PlanText.Options options() {
        return new PlanText.Options(detail, allReplicas);
    }
}
