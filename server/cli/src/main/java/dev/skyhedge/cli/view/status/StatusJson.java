package dev.skyhedge.cli.view.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.EndpointUrl;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.PlacementName;
import dev.skyhedge.cli.view.resource.ReplicaTree;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// `status -json`: everything, ended replicas and zone health included. Keys stay; `format_version` rises if
/// one must go.
public final class StatusJson {
    private static final String FORMAT_VERSION = "1.0";

    private StatusJson() {}

    /// The whole status; ends with a newline.
    public static String render(StatusReport report) {
        return Json.pretty(tree(report));
    }

    /// The same in one line without a line end, for `status -json -watch`.
    public static String line(StatusReport report) {
        return Json.line(tree(report));
    }

    /// The same as a tree.
    public static ObjectNode tree(StatusReport report) {
        ObjectNode node = Json.object()
                .put("format_version", FORMAT_VERSION)
                .put("at", report.at().toString())
                .put("lineage", report.lineage())
                .put("serial", report.serial());
        node.set("lease", report.lease().map(StatusJson::lease).orElse(null));
        node.set(
                "watcher",
                report.watcher().map(lease -> watcher(lease, report.at())).orElse(null));
        ArrayNode services = node.putArray("services");
        report.services().forEach(service -> services.add(service(service, report.at())));
        ArrayNode zones = node.putArray("zone_health");
        report.zoneHealth().forEach(zone -> zones.add(zone(zone)));
        report.waiting()
                .ifPresent(event -> node.putObject("waiting_change")
                        .put("since", event.at().toString())
                        .put("text", event.message()));
        if (!report.orders().isEmpty()) {
            ArrayNode orders = node.putArray("orders");
            report.orders().forEach(placed -> orders.add(OrderText.json(placed)));
        }
        if (!report.checks().isEmpty()) {
            ArrayNode checks = node.putArray("checks");
            report.checks()
                    .forEach(check -> checks.addObject()
                            .put("address", check.address())
                            .put("status", check.status().name().toLowerCase(Locale.ROOT))
                            .put("message", String.join(" ", check.messages())));
        }
        return node;
    }

    private static ObjectNode lease(Lease lease) {
        return Json.object()
                .put("operation", lease.claim().operation())
                .put("host", lease.claim().host())
                .put("pid", lease.claim().pid())
                .put("epoch", lease.epoch())
                .put("heartbeat_at", lease.heartbeatAt().toString())
                .put("expires_at", lease.expiresAt().toString());
    }

    private static ObjectNode watcher(Lease lease, Instant now) {
        ObjectNode node = Json.object()
                .put("host", lease.claim().host())
                .put("pid", lease.claim().pid())
                .put("seen", WatcherText.isSeen(lease, now))
                .put("last_seen_at", lease.heartbeatAt().toString());
        long start = lease.claim().processStart();
        return node.put("since", start == 0 ? null : Instant.ofEpochMilli(start).toString());
    }

    private static ObjectNode service(StatusReport.Service service, Instant now) {
        ObjectNode node = Json.object()
                .put("name", service.record().name())
                .put("address", service.record().address())
                .put("state", word(service.condition()))
                .put("wanted", service.record().wanted())
                .put("placement", PlacementName.of(service.record()).orElse(null))
                .put("ready", service.ready())
                .put("version", service.record().version())
                .put("stopped_version", service.record().failedVersion().orElse(null))
                .put("endpoint_url", EndpointUrl.of(service.record()).orElse(null))
                .put("price_usd_per_hour", Dollars.usd(service.price().microDollars()))
                .put("spent_usd", Dollars.usd(service.spentMicroDollars()))
                .put("all_on_demand_usd", Dollars.usd(service.allOnDemandMicroDollars()))
                .put("saved_percent", service.savedPercent().orElse(null))
                .put("preemptions_last_hour", service.recentPreemptions());
        ArrayNode replicas = node.putArray("replicas");
        service.replicas().forEach(replica -> replicas.add(replica(replica, now)));
        return node;
    }

    private static ObjectNode replica(ReplicaRecord replica, Instant now) {
        ObjectNode node = ReplicaTree.of(replica)
                .put("requested_at", replica.requestedAt().toString())
                .put("since", replica.since().toString());
        Json.putTime(node, "ready_at", replica.readyAt());
        replica.health()
                .ifPresent(health -> node.putObject("health")
                        .put("passing", health.passing())
                        .put("since", health.since().toString())
                        .put("detail", health.detail()));
        Json.putTime(node, "proven_at", replica.provenAt());
        Json.putTime(node, "at_risk_since", replica.atRiskSince());
        Json.putTime(node, "preemption_at", replica.preemptionAt());
        return node.put(
                        "age_seconds",
                        Math.max(0, Duration.between(replica.requestedAt(), now).toSeconds()))
                .put("failures", replica.failures())
                .put("reason", replica.reason())
                .put("log_tail", replica.logTail());
    }

    private static ObjectNode zone(ZoneHealth zone) {
        return Json.object()
                .put("location", zone.location().toString())
                .put("accelerator", zone.accelerator().toString())
                .put("market", zone.market().word())
                .put("status", word(zone.status()))
                .put("failures", zone.failures())
                .put("since", zone.since().toString())
                .put("retry_at", zone.retryAt().toString())
                .put("evidence", zone.evidence());
    }

    /// As it is written in JSON.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
