package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import java.util.List;
import java.util.TreeMap;

/// What a plan was made from, as JSON: rows, offers and signals, without the workloads' logs.
public final class WorldJson {
    private WorldJson() {}

    /// The world in one line.
    public static String write(World world) {
        ObjectNode node = Json.object()
                .put("now", world.now().toString())
                .put("lineage", world.lineage())
                .put("serial", world.serial());
        Json.putList(node, "services", world.services().values(), RowsJson::write);
        Json.putList(
                node,
                "replicas",
                world.replicas().values().stream().flatMap(List::stream).toList(),
                RowsJson::write);
        Json.putList(node, "zone_health", world.zoneHealth(), RowsJson::write);
        Json.putList(node, "offers", world.offers(), RowsJson::write);
        ObjectNode signals = node.putObject("signals");
        new TreeMap<>(world.signals()).forEach((service, known) -> signals.set(service, signals(known)));
        return node.toString();
    }

    private static ObjectNode signals(Signals signals) {
        ObjectNode node = Json.object();
        signals.requestsPerSecond().ifPresent(rate -> node.put("requests_per_second", rate));
        node.put("held_requests", signals.heldRequests());
        ObjectNode notPassing = node.putObject("not_passing");
        new TreeMap<>(signals.notPassing()).forEach((name, since) -> notPassing.put(name, since.toString()));
        ObjectNode inFlight = node.putObject("in_flight");
        new TreeMap<>(signals.inFlight()).forEach(inFlight::put);
        Json.putTime(node, "counted_at", signals.countedAt());
        Json.putTexts(node, "drained", signals.drained().stream().sorted().toList());
        return node;
    }
}
