package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.json.Forms;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a plan was made from, as JSON and back: rows, offers and signals, without the workloads' logs.
final class WorldJson {
    private WorldJson() {}

    /// The world in one line.
    static String write(World world) {
        ObjectNode node = Json.object()
                .put("now", world.now().toString())
                .put("lineage", world.lineage())
                .put("serial", world.serial());
        Json.putList(node, "services", world.workloads().values(), RecordForms.WORKLOAD::write);
        Json.putList(
                node,
                "replicas",
                world.replicas().values().stream().flatMap(List::stream).toList(),
                // Without the workload's log: it may hold anything.
                replica -> ReplicaForms.REPLICA.write(replica.withLog("")));
        Json.putList(node, "zone_health", world.zoneHealth(), RecordForms.ZONE_HEALTH::write);
        Json.putList(node, "offers", world.offers(), Forms.OFFER::write);
        if (!world.strays().isEmpty()) {
            Json.putList(node, "strays", world.strays(), Forms.INSTANCE::write);
        }
        if (world.spentToday() > 0) {
            node.put("spent_today_micro_dollars", world.spentToday());
        }
        ObjectNode signals = node.putObject("signals");
        new TreeMap<>(world.signals()).forEach((service, known) -> signals.set(service, signals(known)));
        return node.toString();
    }

    private static ObjectNode signals(Signals signals) {
        ObjectNode node = Json.object();
        signals.requestsPerSecond().ifPresent(rate -> node.put("requests_per_second", rate));
        signals.load().ifPresent(load -> {
            ObjectNode measured = node.putObject("load")
                    .put("requests_per_second", load.requestsPerSecond())
                    .put("over_millis", load.over().toMillis());
            ObjectNode sizes = measured.putObject("sizes");
            load.counts().forEach((size, count) -> sizes.put(size.toString(), count));
        });
        node.put("held_requests", signals.heldRequests());
        ObjectNode notPassing = node.putObject("not_passing");
        new TreeMap<>(signals.notPassing()).forEach((name, since) -> notPassing.put(name, since.toString()));
        if (!signals.unanswered().isEmpty()) {
            Json.putTexts(
                    node, "unanswered", signals.unanswered().stream().sorted().toList());
        }
        ObjectNode inFlight = node.putObject("in_flight");
        new TreeMap<>(signals.inFlight()).forEach(inFlight::put);
        Json.putTime(node, "counted_at", signals.countedAt());
        Json.putTexts(node, "drained", signals.drained().stream().sorted().toList());
        return node;
    }

    /// @throws IllegalArgumentException if it is not a world
    static World read(String json) {
        JsonNode node = Json.parse(json);
        SortedMap<String, WorkloadRecord> services = new TreeMap<>();
        Json.list(node, "services", RecordForms.WORKLOAD::read)
                .forEach(service -> services.put(service.name(), service));
        SortedMap<String, List<ReplicaRecord>> replicas = new TreeMap<>();
        Json.list(node, "replicas", ReplicaForms.REPLICA::read)
                .forEach(replica -> replicas.computeIfAbsent(replica.service(), _ -> new ArrayList<>())
                        .add(replica));
        SortedMap<String, Signals> signals = new TreeMap<>();
        node.required("signals").properties().forEach(entry -> signals.put(entry.getKey(), signals(entry.getValue())));
        return new World(
                Json.time(node, "now"),
                Json.text(node, "lineage"),
                Json.longInteger(node, "serial"),
                services,
                replicas,
                Json.list(node, "zone_health", RecordForms.ZONE_HEALTH::read),
                Json.list(node, "offers", Forms.OFFER::read),
                signals,
                node.has("strays") ? Json.list(node, "strays", Forms.INSTANCE::read) : List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                node.has("spent_today_micro_dollars") ? Json.longInteger(node, "spent_today_micro_dollars") : 0);
    }

    private static Signals signals(JsonNode node) {
        JsonNode since = node.required("not_passing");
        SortedMap<String, Instant> notPassing = new TreeMap<>();
        since.fieldNames().forEachRemaining(name -> notPassing.put(name, Json.time(since, name)));
        JsonNode counts = node.required("in_flight");
        SortedMap<String, Integer> inFlight = new TreeMap<>();
        counts.fieldNames().forEachRemaining(name -> inFlight.put(name, Json.integer(counts, name)));
        return new Signals(
                node.has("requests_per_second")
                        ? OptionalDouble.of(node.get("requests_per_second").doubleValue())
                        : OptionalDouble.empty(),
                Json.integer(node, "held_requests"),
                notPassing,
                node.has("unanswered") ? new TreeSet<>(Json.texts(node, "unanswered")) : Set.of(),
                inFlight,
                Json.optionalTime(node, "counted_at"),
                new TreeSet<>(Json.texts(node, "drained")),
                true,
                Map.of(),
                node.has("load") ? Optional.of(load(node.get("load"))) : Optional.empty());
    }

    private static MeasuredLoad load(JsonNode node) {
        SortedMap<RequestSize, Long> counts = new TreeMap<>();
        JsonNode sizes = node.required("sizes");
        sizes.fieldNames().forEachRemaining(size -> counts.put(RequestSize.parse(size), Json.longInteger(sizes, size)));
        return new MeasuredLoad(
                counts,
                node.required("requests_per_second").doubleValue(),
                Duration.ofMillis(Json.longInteger(node, "over_millis")));
    }
}
