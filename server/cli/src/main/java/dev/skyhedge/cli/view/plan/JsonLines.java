package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.DiagnosticTree;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.progress.ApplyTotals;
import dev.skyhedge.cli.view.progress.ProgressEvent;
import dev.skyhedge.cli.view.progress.ProgressText;
import dev.skyhedge.cli.view.resource.ResourceAddress;
import dev.skyhedge.cli.view.simulation.ForecastText;
import dev.skyhedge.cli.view.simulation.ForecastTree;
import dev.skyhedge.engine.simulate.forecast.Forecast;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticReport;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `plan -json` and `apply -json`: one object a line, with Terraform's keys. Lines have no line ends.
public final class JsonLines {
    private static final String UI_VERSION = "1.2";

    private JsonLines() {}

    /// The first line.
    public static String version(String skyhedgeVersion, Instant now) {
        ObjectNode line = line("info", "Skyhedge " + skyhedgeVersion, "version", now);
        return Json.line(line.put("skyhedge", skyhedgeVersion).put("ui", UI_VERSION));
    }

    /// A plan: drift, planned changes, summary, outputs, diagnostics.
    public static List<String> plan(PlanView view, boolean destroy, Instant now) {
        List<String> lines = new ArrayList<>();
        ResourceChanges.drift(view)
                .forEach(change -> lines.add(change(change, "resource_drift", "Drift detected", now)));
        ResourceChanges.of(view).forEach(change -> lines.add(change(change, "planned_change", "Plan to", now)));
        lines.add(planSummary(view, destroy, now));
        if (!view.outputs().isEmpty()) {
            lines.add(outputs(view.outputs(), now));
        }
        view.plan()
                .problems()
                .forEach(problem -> lines.add(diagnostic(Diagnostic.error(problem.summary(), problem.detail()), now)));
        return List.copyOf(lines);
    }

    /// What is to be expected of services, after the lines of their plan.
    public static String forecast(List<Forecast> forecasts, Instant now) {
        String message = forecasts.isEmpty()
                ? "No forecast: this plan leaves no service to simulate."
                : forecasts.stream()
                        .map(forecast -> ForecastText.sentence(forecast, true))
                        .collect(Collectors.joining(" "));
        ObjectNode line = line("info", message, "forecast", now);
        line.set("forecast", ForecastTree.of(forecasts));
        return Json.line(line);
    }

    /// A step of an apply.
    public static String progress(ProgressEvent event, Instant now) {
        String message = ProgressText.render(event, Display.PLAIN).strip();
        ReplicaRecord replica = event.replica();
        ObjectNode line =
                line(event.kind() == ProgressEvent.Kind.ERRORED ? "error" : "info", message, type(event), now);
        ObjectNode hook = Json.object();
        hook.set(
                "resource",
                ResourceAddress.replica(replica.service(), replica.name()).toHook());
        hook.put(
                "action",
                switch (event.operation()) {
                    case CREATE -> "create";
                    case IMPORT -> "import";
                    case DELETE -> "delete";
                });
        replica.instanceId().ifPresent(id -> hook.put("id_key", "id").put("id_value", id));
        hook.put("elapsed_seconds", event.elapsed().toSeconds());
        hook.put("reason", replica.reason());
        line.set("hook", hook);
        return Json.line(line);
    }

    private static String type(ProgressEvent event) {
        return switch (event.kind()) {
            case STARTED -> "apply_start";
            case STILL_RUNNING -> "apply_progress";
            case COMPLETE -> "apply_complete";
            case ERRORED -> "apply_errored";
            case LOST -> "replica_lost";
            case FORGOTTEN -> "replica_forgotten";
            case LOG_READ -> "replica_log";
        };
    }

    /// The last line of an apply.
    public static String applySummary(ApplyTotals totals, boolean destroy, Instant now) {
        String operation = destroy ? "destroy" : "apply";
        String message = (destroy ? "Destroy" : "Apply") + " complete! Replicas: " + totals.launched() + " launched, "
                + totals.replaced() + " replaced, " + totals.terminated() + " terminated.";
        int add = totals.launched() + totals.replaced();
        int remove = totals.terminated() + totals.replaced();
        return Json.line(summary(message, add, 0, totals.imported(), remove, operation, now));
    }

    /// An error or a warning.
    public static String diagnostic(Diagnostic diagnostic, Instant now) {
        String level = diagnostic.isError() ? "error" : "warn";
        String message = (diagnostic.isError() ? "Error: " : "Warning: ") + diagnostic.summary();
        ObjectNode line = line(level, message, "diagnostic", now);
        line.set(
                "diagnostic",
                DiagnosticTree.of(
                        DiagnosticReport.of(List.of(diagnostic)).diagnostics().getFirst()));
        return Json.line(line);
    }

    private static String change(ResourceChange change, String type, String verb, Instant now) {
        ObjectNode node = change.toHook();
        String message =
                change.address() + ": " + verb + " " + node.path("action").asText();
        ObjectNode line = line("info", message, type, now);
        line.set("change", node);
        return Json.line(line);
    }

    private static String planSummary(PlanView view, boolean destroy, Instant now) {
        PlanTotals totals = PlanTotals.of(view.plan());
        ObjectNode line = summary(
                totals.summary(),
                totals.launches() + totals.replacements(),
                totals.updates(),
                totals.imports(),
                totals.terminations() + totals.replacements(),
                destroy ? "destroy" : "plan",
                now);
        CostTree.put(line.putObject("cost"), totals.cost());
        view.plan().budget().ifPresent(standing -> BudgetTree.put(line.putObject("budget"), standing));
        return Json.line(line);
    }

    private static ObjectNode summary(
            String message, int add, int change, int imported, int remove, String operation, Instant now) {
        ObjectNode line = line("info", message, "change_summary", now);
        line.putObject("changes")
                .put("add", add)
                .put("change", change)
                .put("import", imported)
                .put("remove", remove)
                .put("operation", operation);
        return line;
    }

    private static String outputs(List<PlanView.OutputChange> outputs, Instant now) {
        ObjectNode line = line("info", "Outputs: " + outputs.size(), "outputs", now);
        ObjectNode tree = line.putObject("outputs");
        outputs.forEach(output -> tree.putObject(output.name())
                .put("sensitive", output.sensitive())
                .put("action", OutputTree.action(output)));
        return Json.line(line);
    }

    private static ObjectNode line(String level, String message, String type, Instant now) {
        return Json.object()
                .put("@level", level)
                .put("@message", message)
                .put("@module", "skyhedge.ui")
                .put("@timestamp", now.toString())
                .put("type", type);
    }
}
