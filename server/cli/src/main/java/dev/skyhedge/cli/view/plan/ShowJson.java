package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.resource.ReplicaTree;
import dev.skyhedge.cli.view.resource.ResourceAddress;
import dev.skyhedge.cli.view.resource.ServiceTree;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Collection;
import java.util.List;

/// `show -json`: one object in Terraform's shape, so that policies written for it run unchanged. What is only
/// ours is in resource attributes or under the key `skyhedge`.
public final class ShowJson {
    /// What Terraform calls a provider; we are one to the tools that read its plans.
    public static final String PROVIDER_NAME = "skyhedge.local/skyhedge/skyhedge";
    private static final String FORMAT_VERSION = "1.2";
    private static final String STATE_FORMAT_VERSION = "1.0";

    /// Consumers test it; it is the release whose format this is.
    private static final String TERRAFORM_VERSION = "1.11.4";

    private ShowJson() {}

    /// A plan; ends with a newline.
    public static String plan(PlanView view, String skyhedgeVersion) {
        ObjectNode node = header(FORMAT_VERSION, skyhedgeVersion);
        List<ResourceChange> changes = ResourceChanges.of(view);
        List<ResourceChange> unchanged = ResourceChanges.unchanged(view);
        ObjectNode planned = node.putObject("planned_values");
        ArrayNode plannedResources = planned.putObject("root_module").putArray("resources");
        ArrayNode resourceChanges = node.putArray("resource_changes");
        for (List<ResourceChange> part : List.of(changes, unchanged)) {
            for (ResourceChange change : part) {
                resourceChanges.add(change.toShow());
                if (!change.after().isNull()) {
                    plannedResources.add(resource(change.address(), change.after(), change.afterSensitive()));
                }
            }
        }
        ArrayNode drift = node.putArray("resource_drift");
        ResourceChanges.drift(view).forEach(change -> drift.add(change.toShow()));
        outputChanges(node.putObject("output_changes"), view.outputs());
        ObjectNode prior = node.putObject("prior_state");
        prior.setAll(header(STATE_FORMAT_VERSION, skyhedgeVersion));
        prior.set(
                "values",
                values(
                        view.world().workloads().values(),
                        view.world().replicas().values().stream()
                                .flatMap(List::stream)
                                .toList()));
        node.putObject("configuration");
        node.putArray("relevant_attributes");
        node.putArray("checks");
        node.put("timestamp", view.plan().at().toString())
                .put("applyable", view.plan().isApplicable() && view.plan().hasChanges())
                .put("complete", view.plan().isApplicable())
                .put("errored", !view.plan().isApplicable());
        ours(node.putObject("skyhedge"), view);
        return Json.pretty(node);
    }

    /// The state; ends with a newline.
    public static String state(List<WorkloadRecord> services, List<ReplicaRecord> replicas, String skyhedgeVersion) {
        ObjectNode node = header(STATE_FORMAT_VERSION, skyhedgeVersion);
        node.set("values", values(services, replicas));
        return Json.pretty(node);
    }

    private static ObjectNode header(String formatVersion, String skyhedgeVersion) {
        return Json.object()
                .put("format_version", formatVersion)
                .put("terraform_version", TERRAFORM_VERSION)
                .put("skyhedge_version", skyhedgeVersion);
    }

    private static void ours(ObjectNode node, PlanView view) {
        node.put("lineage", view.plan().lineage()).put("serial", view.plan().serial());
        CostTree.put(node.putObject("cost"), PlanTotals.of(view.plan()).cost());
        view.plan().budget().ifPresent(standing -> BudgetTree.put(node.putObject("budget"), standing));
        ObjectNode services = node.putObject("services");
        view.plan().services().forEach(summary -> {
            ObjectNode one = services.putObject(summary.service());
            one.put("wanted", summary.wanted())
                    .put("wanted_because", summary.wantedBecause())
                    .put("spot_target", summary.spotTarget())
                    .put("on_demand_target", summary.onDemandTarget())
                    .put("serving", summary.serving());
            CostTree.put(one.putObject("cost"), summary.cost());
            ArrayNode notes = one.putArray("notes");
            summary.notes().forEach(notes::add);
        });
        ObjectNode reasons = node.putObject("reasons");
        ResourceChanges.of(view).forEach(change -> reasons.put(change.address().toString(), change.reason()));
    }

    private static ObjectNode values(Collection<WorkloadRecord> services, Collection<ReplicaRecord> replicas) {
        ObjectNode values = Json.object();
        values.putObject("outputs");
        ArrayNode resources = values.putObject("root_module").putArray("resources");
        services.forEach(service -> {
            ObjectNode tree = ServiceTree.of(service);
            resources.add(resource(
                    ResourceAddress.service(service.name()),
                    ServiceTree.withoutSensitive(tree),
                    ServiceTree.sensitiveMarks(tree)));
        });
        replicas.stream()
                .filter(replica -> replica.lifecycle().isLive())
                .forEach(replica -> resources.add(resource(
                        ResourceAddress.replica(replica.service(), replica.name()),
                        ReplicaTree.of(replica),
                        Json.object())));
        return values;
    }

    private static ObjectNode resource(ResourceAddress address, JsonNode values, ObjectNode sensitive) {
        ObjectNode node = Json.object()
                .put("address", address.toString())
                .put("mode", "managed")
                .put("type", address.type())
                .put("name", address.name());
        address.key().ifPresent(key -> node.put("index", key));
        node.put("provider_name", PROVIDER_NAME).put("schema_version", 0);
        node.set("values", values);
        node.set("sensitive_values", sensitive);
        return node;
    }

    private static void outputChanges(ObjectNode node, List<PlanView.OutputChange> outputs) {
        JsonNode before = ServiceTree.withoutSensitive(OutputTree.before(outputs));
        JsonNode after = ServiceTree.withoutSensitive(OutputTree.after(outputs));
        for (PlanView.OutputChange output : outputs) {
            ObjectNode change = node.putObject(output.name());
            String action = OutputTree.action(output);
            change.putArray("actions").add(action.equals("noop") ? "no-op" : action);
            change.set("before", before.path(output.name()).isMissingNode() ? null : before.get(output.name()));
            change.set("after", after.path(output.name()).isMissingNode() ? null : after.get(output.name()));
            change.put("after_unknown", false)
                    .put("before_sensitive", output.sensitive())
                    .put("after_sensitive", output.sensitive());
        }
    }
}
