package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.workload.TrialView;
import java.util.List;
import java.util.OptionalDouble;

/// The trials of a sweep, and the best of them.
final class TrialTable {
    private static final int PARAMETERS = 6;

    private TrialTable() {}

    /// Nothing of a workload without trials.
    static void append(StringBuilder text, StatusReport.Service service, Display display) {
        List<TrialView> trials = Kinds.trials(service.record(), service.replicas());
        if (trials.isEmpty()) {
            return;
        }
        Table table = new Table(display, "", "llrrrrl").givingWay(PARAMETERS);
        table.header("TRIAL", "STATE", "ITERATION", "VALUE", "BEST", "FAILURES", "PARAMETERS");
        for (TrialView trial : trials) {
            table.add(
                    trial.state().equals("FAILED") ? Ink.REMOVED : trial.isBest() ? Ink.ADDED : Ink.FAINT,
                    Words.clean(service.record().name()) + " " + trial.number(),
                    trial.state(),
                    Words.grouped(trial.iteration()),
                    text(trial.value()),
                    text(trial.best()),
                    Words.grouped(trial.failures()),
                    Words.clean(trial.parameters()));
        }
        table.appendTo(text.append('\n'));
        trials.stream()
                .filter(TrialView::isBest)
                .findFirst()
                .ifPresent(best -> text.append("Best: trial ")
                        .append(best.number())
                        .append(" with ")
                        .append(text(best.best()))
                        .append(best.checkpoint()
                                .map(path -> ", in " + Words.clean(path))
                                .orElse(""))
                        .append('\n'));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "-";
    }
}
