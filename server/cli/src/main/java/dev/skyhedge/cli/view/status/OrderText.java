package dev.skyhedge.cli.view.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Orders that are in force, or wait to be read.
public final class OrderText {
    private OrderText() {}

    /// A line for `status`.
    public static String of(PlacedOrder placed, Instant now) {
        return "Order " + placed.number() + ", asked for by " + Words.clean(placed.by()) + " "
                + Elapsed.text(Duration.between(placed.at(), now)) + " ago: "
                + Words.clean(placed.answer().map(OrderAnswer::text).orElse("nobody has read it yet")) + ".";
    }

    /// An object for `status -json`.
    public static ObjectNode json(PlacedOrder placed) {
        ObjectNode node = Json.object().put("number", placed.number());
        switch (placed.order()) {
            case Order.EndReplica(String replica, int generation, Order.How how) ->
                node.put("order", how.name().toLowerCase(Locale.ROOT))
                        .put("replica", replica)
                        .put("generation", generation);
            case Order.PauseService(String service) ->
                node.put("order", "pause").put("service", service);
            case Order.ResumeService(String service) ->
                node.put("order", "resume").put("service", service);
            case Order.AvoidZone(LocationPattern location, Optional<Instant> until) ->
                node.put("order", "avoid")
                        .put("location", location.toString())
                        .put("until", until.map(Instant::toString).orElse(null));
            case Order.AllowZone(LocationPattern location) ->
                node.put("order", "allow").put("location", location.toString());
            case Order.ApplySpec(String digest, var _, String source, var _) ->
                node.put("order", "apply").put("digest", digest).put("source", source);
            case Order.Destroy() -> node.put("order", "destroy");
        }
        return node.put("by", placed.by())
                .put("at", placed.at().toString())
                .put("in_force", placed.isInForce())
                .put("text", placed.answer().map(OrderAnswer::text).orElse(null));
    }
}
