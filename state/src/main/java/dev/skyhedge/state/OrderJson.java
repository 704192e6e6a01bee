package dev.skyhedge.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.LocationPattern;
import java.time.Instant;
import java.util.Optional;

/// Orders as canonical JSON and back; see [RowJson].
final class OrderJson {
    private OrderJson() {}

    static String write(PlacedOrder placed) {
        ObjectNode row = RowJson.object().put("number", placed.number());
        switch (placed.order()) {
            case Order.RestartReplica(String replica, int generation) -> replica(row, "restart", replica, generation);
            case Order.ReplaceReplica(String replica, int generation) -> replica(row, "replace", replica, generation);
            case Order.DrainReplica(String replica, int generation) -> replica(row, "drain", replica, generation);
            case Order.PauseService(String service) -> row.put("order", "pause").put("service", service);
            case Order.ResumeService(String service) ->
                row.put("order", "resume").put("service", service);
            case Order.AvoidZone(LocationPattern location, Optional<Instant> until) -> {
                row.put("order", "avoid").put("location", location.toString());
                until.ifPresent(at -> row.put("until_millis", at.toEpochMilli()));
            }
            case Order.AllowZone(LocationPattern location) ->
                row.put("order", "allow").put("location", location.toString());
        }
        row.put("by", placed.by()).put("at_millis", placed.at().toEpochMilli());
        placed.answer()
                .ifPresent(answer -> row.putObject("answer")
                        .put("kind", kind(answer))
                        .put("at_millis", answer.at().toEpochMilli())
                        .put("text", answer.text()));
        return row.toString();
    }

    private static void replica(ObjectNode row, String order, String replica, int generation) {
        row.put("order", order).put("replica", replica).put("generation", generation);
    }

    private static String kind(OrderAnswer answer) {
        return switch (answer) {
            case OrderAnswer.Accepted _ -> "accepted";
            case OrderAnswer.Done _ -> "done";
            case OrderAnswer.Refused _ -> "refused";
        };
    }

    static PlacedOrder read(String json) {
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
            case "restart" -> new Order.RestartReplica(RowJson.string(row, "replica"), generation(row));
            case "replace" -> new Order.ReplaceReplica(RowJson.string(row, "replica"), generation(row));
            case "drain" -> new Order.DrainReplica(RowJson.string(row, "replica"), generation(row));
            case "pause" -> new Order.PauseService(RowJson.string(row, "service"));
            case "resume" -> new Order.ResumeService(RowJson.string(row, "service"));
            case "avoid" ->
                new Order.AvoidZone(
                        location(row),
                        row.has("until_millis") ? Optional.of(time(row, "until_millis")) : Optional.empty());
            case "allow" -> new Order.AllowZone(location(row));
            default -> throw new IllegalArgumentException("Not an order: " + order);
        };
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

    private static int generation(JsonNode row) {
        return row.required("generation").intValue();
    }

    private static LocationPattern location(JsonNode row) {
        return LocationPattern.parse(RowJson.string(row, "location"));
    }

    private static Instant time(JsonNode row, String name) {
        return Instant.ofEpochMilli(row.required(name).longValue());
    }
}
