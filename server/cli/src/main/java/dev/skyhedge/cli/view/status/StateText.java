package dev.skyhedge.cli.view.status;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.ObjectDiff;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.cli.view.plan.OutputTree;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.cli.view.resource.Attributes;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.HistoryEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `state list`, `state show` and `state history` as people read them.
public final class StateText {
    private StateText() {}

    /// The address of every service and every live replica, one a line.
    public static String list(List<WorkloadRecord> services, List<ReplicaRecord> replicas) {
        StringBuilder text = new StringBuilder();
        var replicasOf = replicas.stream().collect(groupingBy(ReplicaRecord::service));
        for (WorkloadRecord service : services) {
            text.append(Words.clean(service.address())).append('\n');
            replicasOf.getOrDefault(service.name(), List.of()).stream()
                    .filter(replica -> replica.lifecycle().isLive())
                    .forEach(replica -> text.append(Words.clean(service.address() + "/" + replica.name()))
                            .append('\n'));
        }
        return text.toString();
    }

    /// One service with all its attributes.
    public static String show(WorkloadRecord service, Display display) {
        StringBuilder text =
                new StringBuilder("# ").append(Words.clean(service.address())).append(":\n");
        return body(text, "service", service.name(), Attributes.of(service), display);
    }

    /// One replica with all its attributes.
    public static String show(ReplicaRecord replica, Display display) {
        StringBuilder text = new StringBuilder("# replica ")
                .append(Words.clean(replica.name()))
                .append(", generation ")
                .append(replica.generation())
                .append(":\n");
        return body(text, "replica", replica.name(), Attributes.of(replica), display);
    }

    private static String body(StringBuilder text, String type, String name, JsonNode attributes, Display display) {
        text.append(type).append(" \"").append(Words.clean(name)).append("\" {\n");
        ObjectDiff.unchanged(display, text, attributes);
        return text.append("}\n").toString();
    }

    /// Changes, newest first, each with the attributes that changed.
    public static String history(List<HistoryEntry> entries, Display display) {
        StringBuilder text = new StringBuilder();
        for (HistoryEntry entry : entries) {
            String heading = "serial " + entry.serial() + "  " + entry.at() + "  " + entry.table() + " "
                    + Words.clean(entry.key()) + "  " + verb(entry);
            text.append(display.paint(Ink.STRONG, heading)).append('\n');
            new ObjectDiff(display, text, Set.of())
                    .attributes(Attributes.ofRow(entry.beforeJson()), Attributes.ofRow(entry.afterJson()), 1);
        }
        return text.isEmpty() ? "No history.\n" : text.toString();
    }

    /// What was done, in a word.
    public static String verb(HistoryEntry entry) {
        if (entry.beforeJson().isEmpty()) {
            return "added";
        }
        return entry.afterJson().isEmpty() ? "removed" : "changed";
    }

    /// One line an output, `name = value`; a sensitive value is hidden unless it is asked for by name.
    public static String outputs(List<OutputSpec> outputs, Display display) {
        StringBuilder text = new StringBuilder();
        var changes = outputs.stream()
                .filter(OutputSpec::known)
                .map(output -> new PlanView.OutputChange(
                        output.name(), Optional.of(output.json()), Optional.of(output.json()), output.sensitive()))
                .toList();
        ObjectDiff.unchanged(display, text, OutputTree.after(changes));
        outputs.stream()
                .filter(output -> !output.known())
                .forEach(output -> text.append(Words.clean(output.name())).append(" = (known after apply)\n"));
        return text.isEmpty() && outputs.isEmpty()
                ? "The spec declares no outputs.\n"
                : text.toString().replaceAll("(?m)^ {4}", "");
    }
}
