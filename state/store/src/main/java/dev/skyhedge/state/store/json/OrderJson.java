package dev.skyhedge.state.store.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Orders as canonical JSON and back; see [RowJson].
public final class OrderJson {
    private OrderJson() {}

    /// An order as the text of a row.
    public static String write(PlacedOrder placed) {
        ObjectNode row = RowJson.object().put("number", placed.number());
        switch (placed.order()) {
            case Order.EndReplica(String replica, int generation, Order.How how) ->
                row.put("order", word(how)).put("replica", replica).put("generation", generation);
            case Order.PauseService(String service) -> row.put("order", "pause").put("service", service);
            case Order.ResumeService(String service) ->
                row.put("order", "resume").put("service", service);
            case Order.AvoidZone(LocationPattern location, Optional<Instant> until) -> {
                row.put("order", "avoid").put("location", location.toString());
                until.ifPresent(at -> row.put("until_millis", at.toEpochMilli()));
            }
            case Order.AllowZone(LocationPattern location) ->
                row.put("order", "allow").put("location", location.toString());
            case Order.ApplySpec(String digest, String services, String source, List<String> removing) -> {
                row.put("order", "apply")
                        .put("digest", digest)
                        .put("services", services)
                        .put("source", source);
                ArrayNode names = row.putArray("removing");
                removing.forEach(names::add);
            }
            case Order.Destroy() -> row.put("order", "destroy");
        }
        row.put("by", placed.by()).put("at_millis", placed.at().toEpochMilli());
        placed.answer()
                .ifPresent(answer -> row.putObject("answer")
                        .put("kind", kind(answer))
                        .put("at_millis", answer.at().toEpochMilli())
                        .put("text", answer.text()));
        return row.toString();
    }

    private static String word(Order.How how) {
        return switch (how) {
            case RESTART -> "restart";
            case REPLACE -> "replace";
            case DRAIN -> "drain";
        };
    }

    private static String kind(OrderAnswer answer) {
        return switch (answer) {
            case OrderAnswer.Accepted _ -> "accepted";
            case OrderAnswer.Done _ -> "done";
            case OrderAnswer.Refused _ -> "refused";
        };
    }

    /// The order of a row.
    public static PlacedOrder read(String json) {
        JsonNode row = RowJson.parse(json);
        return new PlacedOrder(
                row.required("number").longValue(),
                order(row),
                RowJson.string(row, "by"),
                time(row, "at_millis"),
                Optional.ofNullable(row.get("answer")).map(OrderJson::answer));
    }

    private static Order order(JsonNode row) {
        String order = RowJson.string(row, "order");
        return switch (order) {
            case "restart" -> end(row, Order.How.RESTART);
            case "replace" -> end(row, Order.How.REPLACE);
            case "drain" -> end(row, Order.How.DRAIN);
            case "pause" -> new Order.PauseService(RowJson.string(row, "service"));
            case "resume" -> new Order.ResumeService(RowJson.string(row, "service"));
            case "avoid" ->
                new Order.AvoidZone(
                        location(row),
                        row.has("until_millis") ? Optional.of(time(row, "until_millis")) : Optional.empty());
            case "allow" -> new Order.AllowZone(location(row));
            case "apply" -> apply(row);
            case "destroy" -> new Order.Destroy();
            default -> throw new IllegalArgumentException("Not an order: " + order);
        };
    }

    private static Order apply(JsonNode row) {
        List<String> removing = new ArrayList<>();
        row.required("removing").forEach(name -> removing.add(name.textValue()));
        return new Order.ApplySpec(
                RowJson.string(row, "digest"),
                RowJson.string(row, "services"),
                RowJson.string(row, "source"),
                removing);
    }

    private static OrderAnswer answer(JsonNode row) {
        String kind = RowJson.string(row, "kind");
        Instant at = time(row, "at_millis");
        String text = RowJson.string(row, "text");
        return switch (kind) {
            case "accepted" -> new OrderAnswer.Accepted(at, text);
            case "done" -> new OrderAnswer.Done(at, text);
            case "refused" -> new OrderAnswer.Refused(at, text);
            default -> throw new IllegalArgumentException("Not an answer to an order: " + kind);
        };
    }

    private static Order end(JsonNode row, Order.How how) {
        return new Order.EndReplica(
                RowJson.string(row, "replica"), row.required("generation").intValue(), how);
    }

    private static LocationPattern location(JsonNode row) {
        return LocationPattern.parse(RowJson.string(row, "location"));
    }

    private static Instant time(JsonNode row, String name) {
        return Instant.ofEpochMilli(row.required(name).longValue());
    }
}
