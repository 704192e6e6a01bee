package dev.skyhedge.cli;

import dev.skyhedge.cli.view.PlanText;
import picocli.CommandLine.Option;

/// How much of a plan is shown.
final class PlanDisplayOptions {
    @Option(names = "--detail", description = "Shows every attribute of new services, too.")
    boolean detail;

    @Option(names = "--all-replicas", description = "A line for each replica, however many there are.")
    boolean allReplicas;

    PlanText.Options options() {
        return new PlanText.Options(detail, allReplicas);
    }
}
