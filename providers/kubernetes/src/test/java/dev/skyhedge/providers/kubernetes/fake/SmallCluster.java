package dev.skyhedge.providers.kubernetes.fake;

import java.util.List;

/// A cluster of some nodes in two zones, labelled as GKE labels them.
public final class SmallCluster {
    private static final String REGION = "us-central1";

    private SmallCluster() {}

    public static List<FakeNode> nodes() {
        return List.of(
                gpuNode("l4-a", REGION + "-a", "g2-standard-96", "nvidia-l4", 8),
                spot(gpuNode("l4-spot-a", REGION + "-a", "g2-standard-96", "nvidia-l4", 8)),
                gpuNode("l4-b", REGION + "-b", "g2-standard-96", "nvidia-l4", 8),
                spot(gpuNode("l4-spot-b", REGION + "-b", "g2-standard-96", "nvidia-l4", 8)),
                node("cpu-a", REGION + "-a", "e2-standard-4", 4, 0));
    }

    /// Spot nodes with older GPUs, one in each zone.
    static List<FakeNode> olderNodes() {
        return List.of(
                spot(gpuNode("t4-spot-a", REGION + "-a", "n1-standard-32", "nvidia-tesla-t4", 4)),
                spot(gpuNode("t4-spot-b", REGION + "-b", "n1-standard-32", "nvidia-tesla-t4", 4)));
    }

    /// A node with GPUs, which is kept free for pods that need them.
    public static FakeNode gpuNode(String name, String zone, String machine, String product, int gpus) {
        return node(name, zone, machine, 8, gpus)
                .label("cloud.google.com/gke-accelerator", product)
                .taint("nvidia.com/gpu=present:NoSchedule");
    }

    public static FakeNode spot(FakeNode node) {
        return node.label("cloud.google.com/gke-spot", "true").taint("cloud.google.com/gke-spot=true:NoSchedule");
    }

    private static FakeNode node(String name, String zone, String machine, int cpus, int gpus) {
        return new FakeNode(name, cpus, gpus)
                .label("topology.kubernetes.io/region", zone.substring(0, zone.lastIndexOf('-')))
                .label("topology.kubernetes.io/zone", zone)
                .label("node.kubernetes.io/instance-type", machine);
    }
}
