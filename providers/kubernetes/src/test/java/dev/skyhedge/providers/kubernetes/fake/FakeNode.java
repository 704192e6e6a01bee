package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A node.
public final class FakeNode {
    final String name;
    final NavigableMap<String, String> labels = new TreeMap<>();
    final NavigableMap<String, String> taints = new TreeMap<>();
    final String gpuResource;
    int gpus;
    final int cpus;
    boolean silent;
    boolean cordoned;

    /// A node with nothing on it.
    ///
    /// @param gpus how many; 0 for none
    public FakeNode(String name, int cpus, int gpus) {
        this.name = name;
        this.cpus = cpus;
        this.gpus = gpus;
        this.gpuResource = "nvidia.com/gpu";
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux");
    }

    public FakeNode label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /// Keeps pods off it that do not tolerate this.
    ///
    /// @param taint `key=value:effect`
    public FakeNode taint(String taint) {
        taints.put(taint.substring(0, taint.indexOf('=')), taint.substring(taint.indexOf('=') + 1));
        return this;
    }

    FakeNode copy(String newName) {
        FakeNode copy = new FakeNode(newName, cpus, gpus);
        labels.forEach(copy.labels::putIfAbsent);
        copy.taints.putAll(taints);
        return copy;
    }

    String region() {
        return labels.getOrDefault("topology.kubernetes.io/region", "");
    }

    String market() {
        return labels.containsKey("cloud.google.com/gke-spot") ? "spot" : "on_demand";
    }

    String zone() {
        return labels.getOrDefault("topology.kubernetes.io/zone", "");
    }

    /// Taints with their effects, those of its state among them.
    List<Map<String, String>> taintList() {
        List<Map<String, String>> list = new ArrayList<>();
        taints.forEach((key, rest) -> {
            int colon = rest.indexOf(':');
            list.add(new TreeMap<>(
                    Map.of("key", key, "value", rest.substring(0, colon), "effect", rest.substring(colon + 1))));
        });
        if (silent) {
            list.add(new TreeMap<>(Map.of("key", "node.kubernetes.io/unreachable", "effect", "NoExecute")));
        }
        if (cordoned) {
            list.add(new TreeMap<>(Map.of("key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule")));
        }
        return list;
    }

    ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata").put("name", name).put("uid", "uid-" + name).set("labels", Json.texts(labels));
        ObjectNode spec = node.putObject("spec");
        ArrayNode list = spec.putArray("taints");
        taintList().forEach(taint -> list.add(Json.texts(taint)));
        if (cordoned) {
            spec.put("unschedulable", true);
        }
        ObjectNode status = node.putObject("status");
        ObjectNode allocatable = status.putObject("allocatable");
        allocatable.put("cpu", (cpus * 1000 - 80) + "m").put("memory", "30Gi").put("pods", "110");
        if (gpus > 0) {
            allocatable.put(gpuResource, String.valueOf(gpus));
        }
        status.putArray("conditions").addObject().put("type", "Ready").put("status", silent ? "Unknown" : "True");
        status.putArray("addresses")
                .addObject()
                .put("type", "InternalIP")
                .put("address", "10.0.0." + (1 + Math.floorMod(name.hashCode(), 250)));
        return node;
    }
}
