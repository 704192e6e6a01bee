package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// Finds a node for a pod, by labels, taints and room.
final class Scheduler {
    private Scheduler() {}

    static Optional<FakeNode> node(FakePod pod, Collection<FakeNode> nodes, Collection<FakePod> others) {
        return nodes.stream()
                .filter(node -> suits(pod, node) && hasRoom(pod, node, others))
                .min(Comparator.comparingLong(node -> alike(pod, node, others)));
    }

    /// How many pods are on a node already that the pod wants to keep off.
    private static long alike(FakePod pod, FakeNode node, Collection<FakePod> others) {
        JsonNode constraint =
                pod.json.path("spec").path("topologySpreadConstraints").path(0);
        if (!constraint.path("topologyKey").asText().equals("kubernetes.io/hostname")) {
            return 0;
        }
        Map<String, String> labels = Json.texts(constraint.path("labelSelector").path("matchLabels"));
        return others.stream()
                .filter(other -> other.node().equals(node.name)
                        && !other.isOver()
                        && other.labels().entrySet().containsAll(labels.entrySet()))
                .count();
    }

    static boolean suits(FakePod pod, FakeNode node) {
        JsonNode spec = pod.json.path("spec");
        return node.labels
                        .entrySet()
                        .containsAll(Json.texts(spec.path("nodeSelector")).entrySet())
                && matches(spec.path("affinity").path("nodeAffinity"), node.labels)
                && node.taintList().stream().allMatch(taint -> tolerates(spec.path("tolerations"), taint));
    }

    private static boolean matches(JsonNode affinity, Map<String, String> labels) {
        JsonNode terms =
                affinity.path("requiredDuringSchedulingIgnoredDuringExecution").path("nodeSelectorTerms");
        if (terms.isEmpty()) {
            return true;
        }
        for (JsonNode term : terms) {
            boolean all = true;
            for (JsonNode one : term.path("matchExpressions")) {
                all &= matchesOne(one, labels);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesOne(JsonNode requirement, Map<String, String> labels) {
        String value = labels.get(requirement.path("key").asText());
        boolean among = false;
        for (JsonNode one : requirement.path("values")) {
            among |= one.asText().equals(value);
        }
        return switch (requirement.path("operator").asText()) {
            case "In" -> among;
            case "NotIn" -> !among;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw Refusal.bad("unknown operator in " + requirement);
        };
    }

    private static boolean tolerates(JsonNode tolerations, Map<String, String> taint) {
        for (JsonNode one : tolerations) {
            boolean key = one.path("key").asText("").equals(taint.getOrDefault("key", ""));
            boolean value = one.path("operator").asText("Equal").equals("Exists")
                    || one.path("value").asText("").equals(taint.getOrDefault("value", ""));
            String effect = one.path("effect").asText("");
            if (key && value && (effect.isEmpty() || effect.equals(taint.get("effect")))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasRoom(FakePod pod, FakeNode node, Collection<FakePod> others) {
        long gpus = 0;
        for (FakePod other : others) {
            if (other.node().equals(node.name) && !other.isOver()) {
                gpus += other.limit(node.gpuResource);
            }
        }
        return gpus + pod.limit(node.gpuResource) <= node.gpus;
    }
}
