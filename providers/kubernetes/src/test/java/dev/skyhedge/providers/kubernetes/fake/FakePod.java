package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod: its description as the cluster keeps it, and what its kubelet means to do with it.
final class FakePod {
    final ObjectNode json;
    final StringBuilder log = new StringBuilder();

    @Nullable
    Instant runsAt;

    @Nullable
    Instant goneAt;

    FakePod(ObjectNode json) {
        this.json = json;
    }

    String name() {
        return json.path("metadata").path("name").asText();
    }

    String uid() {
        return json.path("metadata").path("uid").asText();
    }

    Map<String, String> labels() {
        return Json.texts(json.path("metadata").path("labels"));
    }

    String node() {
        return json.path("spec").path("nodeName").asText("");
    }

    String phase() {
        return json.path("status").path("phase").asText("");
    }

    boolean isOver() {
        return phase().equals("Succeeded") || phase().equals("Failed");
    }

    ObjectNode metadata() {
        return json.withObject("/metadata");
    }

    ObjectNode status() {
        return json.withObject("/status");
    }

    JsonNode container() {
        return json.path("spec").path("containers").path(0);
    }

    long limit(String resource) {
        return Long.parseLong(
                container().path("resources").path("limits").path(resource).asText("0"));
    }

    int port() {
        return container().path("ports").path(0).path("containerPort").asInt();
    }

    /// The name of the secret that it needs to start; empty for none.
    String secret() {
        for (JsonNode variable : container().path("env")) {
            String name =
                    variable.path("valueFrom").path("secretKeyRef").path("name").asText("");
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /// Its container runs.
    void started(String address, Instant now) {
        status().put("phase", "Running")
                .put("podIP", address)
                .put("hostIP", "10.0.0.9")
                .put("startTime", time(now));
        containerState("running", true).put("startedAt", time(now));
        condition("Ready", "True", "", "", now);
    }

    /// Its container waits for its image.
    void cannotPull(String reason, String message, Instant now) {
        status().put("startTime", time(runsAt == null ? now : runsAt));
        containerState("waiting", false).put("reason", reason).put("message", message);
    }

    /// Its container ended by itself.
    void exited(int code, Instant now) {
        status().put("phase", code == 0 ? "Succeeded" : "Failed");
        containerState("terminated", false)
                .put("exitCode", code)
                .put("reason", code == 0 ? "Completed" : "Error")
                .put("finishedAt", time(now));
    }

    private ObjectNode containerState(String state, boolean ready) {
        ObjectNode container = status().putArray("containerStatuses").addObject();
        container
                .put("name", container().path("name").asText())
                .put("image", container().path("image").asText())
                .put("ready", ready);
        return container.putObject("state").putObject(state);
    }

    /// Sets a condition; false if it was as it is already.
    boolean condition(String type, String value, String reason, String message, Instant now) {
        ArrayNode conditions = status().withArray("/conditions");
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").asText().equals(type)) {
                if (conditions.get(i).path("status").asText().equals(value)
                        && conditions.get(i).path("reason").asText().equals(reason)) {
                    return false;
                }
                conditions.remove(i);
            }
        }
        conditions
                .addObject()
                .put("type", type)
                .put("status", value)
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", time(now));
        return true;
    }

    /// A time as Kubernetes writes it: to the second.
    static String time(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }
}
