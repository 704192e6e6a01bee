package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What labels and taints of nodes mean. The keys are those of Kubernetes itself and of the clouds that run
/// it, from their documentation; none was tried on a cluster of theirs.
public final class NodeLabels {
    /// Where clouds say in which zone a node is.
    public static final String ZONE = "topology.kubernetes.io/zone";
    /// And in which region.
    public static final String REGION = "topology.kubernetes.io/region";
    /// And what machine it is.
    public static final String MACHINE = "node.kubernetes.io/instance-type";

    private static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";
    private static final String OLD_REGION = "failure-domain.beta.kubernetes.io/region";
    private static final String OLD_MACHINE = "beta.kubernetes.io/instance-type";

    /// Labels that name the GPU, the most exact first: NVIDIA's own, Google's, those of Karpenter and of AWS.
    private static final List<String> PRODUCTS = List.of(
            "nvidia.com/gpu.product",
            "cloud.google.com/gke-accelerator",
            "karpenter.k8s.aws/instance-gpu-name",
            "k8s.amazonaws.com/accelerator",
            "amd.com/gpu.product-name");

    /// A label that says that its node may be taken back.
    private record SpotMark(String label, String value) {}

    /// GKE (and its older kind), EKS, AKS and Karpenter.
    private static final List<SpotMark> SPOT = List.of(
            new SpotMark("cloud.google.com/gke-spot", "true"),
            new SpotMark("cloud.google.com/gke-preemptible", "true"),
            new SpotMark("eks.amazonaws.com/capacityType", "SPOT"),
            new SpotMark("kubernetes.azure.com/scalesetpriority", "spot"),
            new SpotMark("karpenter.sh/capacity-type", "spot"));

    private static final List<Taint> GPU_TAINTS =
            List.of(new Taint("nvidia.com/gpu", "", ""), new Taint("amd.com/gpu", "", ""));

    private NodeLabels() {}

    /// Where a node with these labels is.
    public static Location location(Map<String, String> labels) {
        return Places.of(
                first(labels, REGION, OLD_REGION).orElse(""),
                zoneLabel(labels).map(labels::get).orElse(""));
    }

    /// The label that names the zone; empty if none does.
    public static Optional<String> zoneLabel(Map<String, String> labels) {
        return key(labels, ZONE, OLD_ZONE);
    }

    /// The label that names the type of machine; empty if none does.
    public static Optional<String> machineLabel(Map<String, String> labels) {
        return key(labels, MACHINE, OLD_MACHINE);
    }

    /// The label that names the GPU; empty if none does.
    public static Optional<String> productLabel(Map<String, String> labels) {
        return key(labels, PRODUCTS.toArray(String[]::new));
    }

    /// The label that says that the node may be taken back; empty if none does.
    public static Optional<String> spotLabel(Map<String, String> labels) {
        return SPOT.stream()
                .filter(mark -> mark.value().equals(labels.get(mark.label())))
                .map(SpotMark::label)
                .findFirst();
    }

    /// What nodes that are not taken back have in common: none of the labels of those that are.
    public static List<Requirement> notSpot() {
        return SPOT.stream()
                .map(mark -> Requirement.not(mark.label(), mark.value()))
                .toList();
    }

    /// Taints that nodes with GPUs, and spot nodes, usually have.
    public static List<Taint> tolerations(Market market) {
        List<Taint> taints = new ArrayList<>(GPU_TAINTS);
        if (market == Market.SPOT) {
            SPOT.forEach(mark -> taints.add(new Taint(mark.label(), mark.value(), "")));
        }
        return taints;
    }

    private static Optional<String> first(Map<String, String> labels, String... keys) {
        return key(labels, keys).map(labels::get);
    }

    private static Optional<String> key(Map<String, String> labels, String... keys) {
        for (String key : keys) {
            if (!labels.getOrDefault(key, "").isEmpty()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
