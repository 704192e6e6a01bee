package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.store.json.Forms;
import dev.skyhedge.state.store.json.RecordForms;
import java.util.List;
import java.util.Optional;

/// Actions as JSON and back.
final class ActionJson {
    private ActionJson() {}

    static JsonNode write(Action action) {
        return switch (action) {
            case Action.PutWorkload put -> {
                ObjectNode node = Json.object().put("do", "put_service");
                put.before().ifPresent(before -> node.set("before", RecordForms.WORKLOAD.write(before)));
                node.set("after", RecordForms.WORKLOAD.write(put.after()));
                yield node.put("reason", put.reason());
            }
            case Action.RemoveWorkload(String service, String reason) ->
                Json.object()
                        .put("do", "remove_service")
                        .put("service", service)
                        .put("reason", reason);
            case Action.Launch a -> launch(a);
            case Action.Drain(var service, var replica, int generation, var offer, var endsAs, var reason) ->
                end("drain", service, replica, generation, offer, endsAs, reason);
            case Action.Terminate(var service, var replica, int generation, var offer, var endsAs, var reason) ->
                end("terminate", service, replica, generation, offer, endsAs, reason);
            case Action.MoveService move -> {
                ObjectNode node = Json.object().put("do", "move_service");
                node.set("before", RecordForms.WORKLOAD.write(move.before()));
                node.set("after", RecordForms.WORKLOAD.write(move.after()));
                yield node.put("reason", move.reason());
            }
            case Action.Adopt adopt -> adopt(adopt);
            case Action.Forget(var service, var replica, int generation, var offer, var reason) -> {
                ObjectNode node = Json.object()
                        .put("do", "forget")
                        .put("service", service)
                        .put("replica", replica)
                        .put("generation", generation);
                node.set("offer", Forms.OFFER.write(offer));
                yield node.put("reason", reason);
            }
            case Action.Later(Action then, Awaited until) -> later(then, until);
        };
    }

    private static ObjectNode adopt(Action.Adopt adopt) {
        ObjectNode node = Json.object()
                .put("do", "adopt")
                .put("service", adopt.service())
                .put("replica", adopt.replica())
                .put("generation", adopt.generation())
                .put("version", adopt.version());
        node.set("offer", Forms.OFFER.write(adopt.offer()));
        return node.put("instance_id", adopt.instanceId()).put("reason", adopt.reason());
    }

    private static ObjectNode later(Action action, Awaited until) {
        ObjectNode node = Json.object().put("do", "later");
        node.put(
                "until",
                switch (until) {
                    case Awaited.Serving _ -> "serving";
                    case Awaited.Gone _ -> "gone";
                    case Awaited.Checked _ -> "checked";
                });
        Json.putTexts(node, "services", until.services());
        node.set("action", write(action));
        return node;
    }

    private static Awaited until(JsonNode node) {
        List<String> services = Json.texts(node, "services");
        String word = Json.text(node, "until");
        return switch (word) {
            case "serving" -> new Awaited.Serving(services);
            case "gone" -> new Awaited.Gone(services);
            case "checked" -> {
                if (services.size() != 1) {
                    throw new IllegalArgumentException("preconditions are those of one service");
                }
                yield new Awaited.Checked(services.getFirst());
            }
            default -> throw new IllegalArgumentException("unknown condition " + word);
        };
    }

    private static ObjectNode launch(Action.Launch launch) {
        ObjectNode node = Json.object()
                .put("do", "launch")
                .put("service", launch.service())
                .put("replica", launch.replica())
                .put("generation", launch.generation())
                .put("version", launch.version());
        node.set("offer", Forms.OFFER.write(launch.offer()));
        return node.put("token", launch.token().value())
                .put("role", launch.role())
                .put("failures", launch.failures())
                .put("reason", launch.reason());
    }

    private static ObjectNode end(
            String verb, String service, String replica, int generation, Offer offer, Lifecycle endsAs, String reason) {
        ObjectNode node = Json.object()
                .put("do", verb)
                .put("service", service)
                .put("replica", replica)
                .put("generation", generation);
        node.set("offer", Forms.OFFER.write(offer));
        return node.put("ends_as", endsAs.name()).put("reason", reason);
    }

    static Action read(JsonNode node) {
        String verb = Json.text(node, "do");
        return switch (verb) {
            case "put_service" ->
                new Action.PutWorkload(
                        Optional.ofNullable(node.get("before")).map(RecordForms.WORKLOAD::read),
                        RecordForms.WORKLOAD.read(node.required("after")),
                        Json.text(node, "reason"));
            case "remove_service" -> new Action.RemoveWorkload(Json.text(node, "service"), Json.text(node, "reason"));
            case "launch" ->
                new Action.Launch(
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        Json.text(node, "version"),
                        Forms.OFFER.read(node.required("offer")),
                        new IdempotencyToken(Json.text(node, "token")),
                        Json.text(node, "role"),
                        Json.integer(node, "failures"),
                        Json.text(node, "reason"));
            case "drain" ->
                new Action.Drain(
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        Forms.OFFER.read(node.required("offer")),
                        Json.constant(node, "ends_as", Lifecycle.class),
                        Json.text(node, "reason"));
            case "terminate" ->
                new Action.Terminate(
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        Forms.OFFER.read(node.required("offer")),
                        Json.constant(node, "ends_as", Lifecycle.class),
                        Json.text(node, "reason"));
            case "move_service" ->
                new Action.MoveService(
                        RecordForms.WORKLOAD.read(node.required("before")),
                        RecordForms.WORKLOAD.read(node.required("after")),
                        Json.text(node, "reason"));
            case "adopt" ->
                new Action.Adopt(
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        Json.text(node, "version"),
                        Forms.OFFER.read(node.required("offer")),
                        Json.text(node, "instance_id"),
                        Json.text(node, "reason"));
            case "forget" ->
                new Action.Forget(
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        Forms.OFFER.read(node.required("offer")),
                        Json.text(node, "reason"));
            case "later" -> new Action.Later(read(node.required("action")), until(node));
            default -> throw new IllegalArgumentException("unknown action " + verb);
        };
    }
}
