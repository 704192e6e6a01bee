package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a cluster checks before it takes a pod. A field that is not known here is an error, unlike in a
/// cluster, which only warns of it.
final class PodRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final Set<String> SPEC = Set.of(
            "affinity",
            "automountServiceAccountToken",
            "containers",
            "enableServiceLinks",
            "imagePullSecrets",
            "nodeSelector",
            "priorityClassName",
            "restartPolicy",
            "runtimeClassName",
            "securityContext",
            "serviceAccountName",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints",
            "volumes");
    private static final Set<String> CONTAINER =
            Set.of("args", "command", "env", "image", "name", "ports", "resources", "securityContext", "volumeMounts");
    private static final Set<String> TOLERATION = Set.of("key", "operator", "value", "effect", "tolerationSeconds");

    private PodRules() {}

    static void check(ObjectNode pod) {
        String name = pod.path("metadata").path("name").asText("");
        require(NAME.matcher(name).matches(), name, "metadata.name: must be a lowercase RFC 1123 label");
        checkLabels(pod, name);
        for (String key : Json.texts(pod.path("metadata").path("annotations")).keySet()) {
            require(KEY.matcher(key).matches(), name, "metadata.annotations: " + key);
        }
        JsonNode spec = pod.path("spec");
        known(spec, SPEC, name, "spec");
        require(spec.path("containers").size() == 1, name, "spec.containers: one is what is known here");
        JsonNode container = spec.path("containers").path(0);
        known(container, CONTAINER, name, "spec.containers[0]");
        require(!container.path("image").asText("").isBlank(), name, "spec.containers[0].image: Required value");
        for (JsonNode variable : container.path("env")) {
            require(VARIABLE.matcher(variable.path("name").asText()).matches(), name, "spec.containers[0].env");
        }
        Map<String, String> limits = Json.texts(container.path("resources").path("limits"));
        Map<String, String> requests = Json.texts(container.path("resources").path("requests"));
        limits.forEach((resource, limit) -> require(
                !resource.contains("/") || limit.equals(requests.getOrDefault(resource, limit)),
                name,
                "spec.containers[0].resources.requests: must be equal to " + resource + " limit"));
        for (Map.Entry<String, String> selected :
                Json.texts(spec.path("nodeSelector")).entrySet()) {
            require(
                    KEY.matcher(selected.getKey()).matches()
                            && LABEL.matcher(selected.getValue()).matches(),
                    name,
                    "spec.nodeSelector: " + selected);
        }
        for (JsonNode toleration : spec.path("tolerations")) {
            known(toleration, TOLERATION, name, "spec.tolerations");
            require(
                    !toleration.path("operator").asText("Equal").equals("Exists")
                            || toleration.path("value").asText("").isEmpty(),
                    name,
                    "spec.tolerations.operator: value must be empty when `operator` is 'Exists'");
        }
    }

    /// What a namespace that enforces `restricted` checks beside that.
    static void checkRestricted(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        JsonNode container = spec.path("containers").path(0).path("securityContext");
        Set<String> wrong = new TreeSet<>();
        if (container.path("allowPrivilegeEscalation").asBoolean(true)) {
            wrong.add("allowPrivilegeEscalation != false");
        }
        if (!container.path("capabilities").path("drop").path(0).asText().equals("ALL")) {
            wrong.add("unrestricted capabilities");
        }
        if (!spec.path("securityContext").path("runAsNonRoot").asBoolean()) {
            wrong.add("runAsNonRoot != true");
        }
        if (!spec.path("securityContext")
                .path("seccompProfile")
                .path("type")
                .asText()
                .equals("RuntimeDefault")) {
            wrong.add("seccompProfile");
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(
                    403,
                    "Forbidden",
                    "pods \"" + pod.path("metadata").path("name").asText()
                            + "\" is forbidden: violates PodSecurity \"restricted:latest\": "
                            + String.join(", ", wrong));
        }
    }

    /// Whether nothing is asked for that would keep a pod from being the first to go.
    static boolean isBestEffort(ObjectNode pod) {
        JsonNode resources = pod.path("spec").path("containers").path(0).path("resources");
        return List.of("requests", "limits").stream()
                .noneMatch(kind ->
                        resources.path(kind).has("cpu") || resources.path(kind).has("memory"));
    }

    /// Labels of any object.
    static void checkLabels(ObjectNode object, String name) {
        Json.texts(object.path("metadata").path("labels"))
                .forEach((key, value) -> require(
                        KEY.matcher(key).matches() && LABEL.matcher(value).matches(),
                        name,
                        "metadata.labels: Invalid value: \"" + value + "\""));
    }

    private static void known(JsonNode object, Set<String> fields, String name, String where) {
        Set<String> unknown = new TreeSet<>(Json.texts(object).keySet());
        unknown.removeAll(fields);
        require(unknown.isEmpty(), name, where + ": unknown fields " + unknown);
    }

    private static void require(boolean condition, String name, String what) {
        if (!condition) {
            throw Refusal.invalid("Pod", name, what);
        }
    }
}
