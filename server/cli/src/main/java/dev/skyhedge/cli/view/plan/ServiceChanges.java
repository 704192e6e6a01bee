package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.ObjectDiff;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.cli.view.resource.ServiceTree;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;
import java.util.Set;

/// The section of a plan that shows how services change, attribute by attribute.
final class ServiceChanges {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private ServiceChanges() {}

    /// @param created whether new services are shown too
    static String render(PlanView view, boolean created, Display display) {
        StringBuilder text = new StringBuilder();
        for (Action action : view.plan().actions()) {
            switch (action) {
                case Action.PutWorkload put -> {
                    if (put.isVisible() && (created || put.before().isPresent())) {
                        put(text, put, display);
                    }
                }
                case Action.RemoveWorkload removal -> remove(text, view, removal, display);
                case Action.MoveService move ->
                    text.append(display.paint(
                                    Ink.STRONG,
                                    "  # " + move.before().address() + " has moved to "
                                            + move.after().address()))
                            .append("\n\n");
                case Action.Launch _,
                        Action.Drain _,
                        Action.Terminate _,
                        Action.Adopt _,
                        Action.Forget _,
                        Action.Later _ -> {}
            }
        }
        return text.toString();
    }

    private static void put(StringBuilder text, Action.PutWorkload put, Display display) {
        boolean isNew = put.before().isEmpty();
        JsonNode before = put.before().<JsonNode>map(ServiceTree::of).orElse(NOTHING);
        String what = isNew ? "will be created" : "will be updated in-place";
        heading(text, put.after().address() + " " + what, "", display);
        String symbol = isNew ? display.paint(Ink.ADDED, "+") : display.paint(Ink.CHANGED, "~");
        body(text, symbol, put.service(), before, ServiceTree.of(put.after()), display);
    }

    private static void remove(StringBuilder text, PlanView view, Action.RemoveWorkload removal, Display display) {
        Optional<WorkloadRecord> recorded =
                Optional.ofNullable(view.world().workloads().get(removal.service()));
        String address = recorded.map(WorkloadRecord::address).orElse("service." + removal.service());
        if (ServiceView.forgets(view.plan(), removal.service())) {
            heading(
                    text,
                    address + " will no longer be managed by Skyhedge, but will not be destroyed",
                    removal.reason(),
                    display);
            text.append('\n');
            return;
        }
        heading(text, address + " will be destroyed", removal.reason(), display);
        JsonNode before = recorded.<JsonNode>map(ServiceTree::of).orElse(NOTHING);
        body(text, display.paint(Ink.REMOVED, "-"), removal.service(), before, NOTHING, display);
    }

    private static void heading(StringBuilder text, String what, String why, Display display) {
        text.append(display.paint(Ink.STRONG, "  # " + what)).append('\n');
        if (!why.isEmpty()) {
            text.append("  # (because ").append(Words.clean(why)).append(")\n");
        }
    }

    private static void body(
            StringBuilder text, String symbol, String name, JsonNode before, JsonNode after, Display display) {
        text.append("  ")
                .append(symbol)
                .append(" service \"")
                .append(Words.clean(name))
                .append("\" {\n");
        new ObjectDiff(display, text, Set.of("replica")).attributes(before, after, 1);
        text.append("    }\n\n");
    }
}
