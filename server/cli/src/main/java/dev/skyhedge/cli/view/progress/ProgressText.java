package dev.skyhedge.cli.view.progress;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The progress of an apply as people read it.
public final class ProgressText {
    private static final int MOST_REMINDERS = 10;

    private ProgressText() {}

    /// The event's line, and the last lines of a failed replica's log below it; ends with a newline.
    public static String render(ProgressEvent event, Display display) {
        ReplicaRecord replica = event.replica();
        String name = display.paint(Ink.STRONG, Words.clean(replica.name()) + ": ");
        return switch (event.kind()) {
            case STARTED -> name + doing(event) + "..." + id(event) + "\n";
            case STILL_RUNNING ->
                name + "Still " + doing(event).toLowerCase(Locale.ROOT) + "... [" + Elapsed.text(event.elapsed())
                        + " elapsed]\n";
            case COMPLETE ->
                name + done(event) + " complete after " + Elapsed.text(event.elapsed())
                        + (event.operation() == ProgressEvent.Operation.DELETE ? "" : id(event)) + "\n";
            case ERRORED ->
                hanging(
                                replica,
                                Ink.REMOVED,
                                done(event) + " failed after " + Elapsed.text(event.elapsed()) + ": "
                                        + Words.clean(replica.reason()),
                                display)
                        + LogLines.indented(replica.logTail());
            case LOST -> hanging(replica, Ink.CHANGED, lost(replica), display) + LogLines.indented(replica.logTail());
            case FORGOTTEN -> name + "Forgotten; its instance runs on" + id(event) + "\n";
            case LOG_READ -> name + "Last lines of its log:\n" + LogLines.indented(replica.logTail());
        };
    }

    /// A reason may be long: it goes on below, indented.
    private static String hanging(ReplicaRecord replica, Ink ink, String text, Display display) {
        String name = Words.clean(replica.name()) + ": ";
        List<String> lines = Words.wrapHanging(name + text, display.columns(), "", "    ");
        StringBuilder all = new StringBuilder(display.paint(Ink.STRONG, name));
        all.append(display.paint(
                        ink,
                        lines.getFirst()
                                .substring(
                                        Math.min(name.length(), lines.getFirst().length()))))
                .append('\n');
        lines.stream()
                .skip(1)
                .forEach(line -> all.append(display.paint(ink, line)).append('\n'));
        return all.toString();
    }

    /// Reminders, the first few in full.
    public static String renderReminders(List<ProgressEvent> reminders, Display display) {
        StringBuilder text = new StringBuilder();
        reminders.stream().limit(MOST_REMINDERS).forEach(event -> text.append(render(event, display)));
        int more = reminders.size() - MOST_REMINDERS;
        if (more > 0) {
            text.append("… and ").append(Words.count(more, "more replica")).append(" in progress\n");
        }
        return text.toString();
    }

    /// The last word of an apply or a destroy, without the [#error] that kept it from its end; ends with a
    /// newline.
    public static String summary(Ending ending, ApplyTotals totals, boolean destroy, Display display) {
        String verb = destroy ? "Destroy" : "Apply";
        String counts = "Replicas: " + Words.grouped(totals.launched()) + " launched, "
                + Words.grouped(totals.replaced()) + " replaced, " + Words.grouped(totals.terminated())
                + " terminated" + (totals.imported() > 0 ? ", " + Words.grouped(totals.imported()) + " imported" : "")
                + ".";
        if (ending instanceof Ending.Reached) {
            return "\n" + display.paint(Ink.ADDED, verb + " complete! " + counts) + "\n";
        }
        return "\n" + verb + " not complete. " + counts + "\n";
    }

    /// The error that an ending is; empty if the goal was reached.
    public static Optional<Diagnostic> error(Ending ending) {
        return switch (ending) {
            case Ending.Reached() -> Optional.empty();
            case Ending.Hopeless(List<String> reasons) ->
                Optional.of(Diagnostic.error(
                        "Services do not get ready",
                        String.join(
                                "\n",
                                reasons.stream()
                                        .flatMap(reason -> Words.cleanLines(reason).stream())
                                        .toList())));
            case Ending.Stopped() ->
                Optional.of(Diagnostic.error(
                        "Interrupted",
                        "What was in progress has been ended or is recorded; the next plan continues from there."));
            case Ending.Fenced(Optional<Lease> holder) ->
                Optional.of(Diagnostic.error("State is locked by somebody else", holder(holder)));
            case Ending.NotSaved(var problem) ->
                Optional.of(Diagnostic.error(Words.clean(problem.summary()), problem.detail()));
        };
    }

    private static String holder(Optional<Lease> holder) {
        return "Nothing more was started. "
                + holder.map(lease ->
                                "The lease is held by process " + lease.claim().pid() + " on "
                                        + Words.clean(lease.claim().host()) + " for "
                                        + lease.claim().operation()
                                        + ", epoch " + lease.epoch() + ".")
                        .orElse("The lease was taken and given back meanwhile.");
    }

    private static String doing(ProgressEvent event) {
        return switch (event.operation()) {
            case CREATE -> "Creating";
            case IMPORT -> "Importing";
            case DELETE -> "Destroying";
        };
    }

    private static String done(ProgressEvent event) {
        return switch (event.operation()) {
            case CREATE -> "Creation";
            case IMPORT -> "Import";
            case DELETE -> "Destruction";
        };
    }

    private static String id(ProgressEvent event) {
        return event.replica()
                .instanceId()
                .map(id -> " [id=" + Words.clean(id) + "]")
                .orElse("");
    }

    private static String lost(ReplicaRecord replica) {
        boolean preempted = replica.lifecycle() == Lifecycle.PREEMPTED || replica.endsAs() == Lifecycle.PREEMPTED;
        boolean gone = replica.lifecycle() == Lifecycle.GONE;
        return (preempted ? "Preempted: " : gone ? "Gone: " : "Failed: ") + Words.clean(replica.reason());
    }
}
