package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.Taint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the cluster's description of a node. Whatever is missing in it is done without.
final class NodeReader {
    /// Taints with which a node that is about to go is marked: by GKE, the AWS node termination handler,
    /// Karpenter, the cluster autoscaler and cloud controllers. From their documentation and sources.
    private static final Set<String> DOOM = Set.of(
            "cloud.google.com/impending-node-termination",
            "aws-node-termination-handler/spot-itn",
            "aws-node-termination-handler/asg-lifecycle-termination",
            "aws-node-termination-handler/scheduled-maintenance",
            "karpenter.sh/disrupted",
            "karpenter.sh/disruption",
            "ToBeDeletedByClusterAutoscaler",
            "node.cloudprovider.kubernetes.io/shutdown");

    private static final String HINT = "aws-node-termination-handler/rebalance-recommendation";

    /// With which a node is marked whose kubelet does not report any more.
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private static final Set<String> GPUS = Set.of("nvidia.com/gpu", "amd.com/gpu");

    private static final long BYTES_OF_A_MEBIBYTE = 1 << 20;
    private static final long MOST_MEMORY_MIB = 1L << 30;

    private NodeReader() {}

    /// @param now when it was read, for marks that do not say since when they are there
    static NodeView read(Node node, Instant now) {
        NodeSpec spec = Objects.requireNonNullElseGet(node.getSpec(), NodeSpec::new);
        NodeStatus status = Objects.requireNonNullElseGet(node.getStatus(), NodeStatus::new);
        List<Taint> taints = spec.getTaints().stream()
                .filter(taint -> taint.getKey() != null)
                .map(taint -> new Taint(text(taint.getKey()), text(taint.getValue()), text(taint.getEffect())))
                .toList();
        boolean answers = !said(status, "Ready").equals("Unknown")
                && taints.stream().noneMatch(taint -> taint.key().equals(UNREACHABLE));
        boolean usable = answers
                && !Boolean.TRUE.equals(spec.getUnschedulable())
                && !said(status, "Ready").equals("False");
        return new NodeView(
                node.getMetadata().getName(),
                Absent.map(node.getMetadata().getLabels()),
                taints,
                usable,
                answers,
                whole(status.getAllocatable().get("cpu")),
                mebibytes(status.getAllocatable().get("memory")),
                gpus(status.getAllocatable()),
                address(status),
                doom(spec, now));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String said(NodeStatus status, String condition) {
        return status.getConditions().stream()
                .filter(one -> condition.equals(one.getType()))
                .map(NodeCondition::getStatus)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static SortedMap<String, Integer> gpus(Map<String, Quantity> allocatable) {
        SortedMap<String, Integer> gpus = new TreeMap<>();
        for (String resource : GPUS) {
            int count = whole(allocatable.get(resource));
            if (count > 0) {
                gpus.put(resource, count);
            }
        }
        return gpus;
    }

    private static int whole(@Nullable Quantity quantity) {
        if (quantity == null || quantity.getAmount() == null) {
            return 0;
        }
        try {
            return Math.clamp(quantity.getNumericalAmount().longValue(), 0, 10_000);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return 0;
        }
    }

    private static long mebibytes(@Nullable Quantity quantity) {
        if (quantity == null || quantity.getAmount() == null) {
            return 0;
        }
        try {
            return Math.clamp(quantity.getNumericalAmount().longValue() / BYTES_OF_A_MEBIBYTE, 0, MOST_MEMORY_MIB);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return 0;
        }
    }

    private static Optional<String> address(NodeStatus status) {
        return address(status, "ExternalIP").or(() -> address(status, "InternalIP"));
    }

    private static Optional<String> address(NodeStatus status, String type) {
        return status.getAddresses().stream()
                .filter(one -> type.equals(one.getType()))
                .map(NodeAddress::getAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst();
    }

    private static Optional<NodeView.Doom> doom(NodeSpec spec, Instant now) {
        return spec.getTaints().stream()
                .filter(taint -> taint.getKey() != null)
                .filter(taint -> DOOM.contains(taint.getKey()) || HINT.equals(taint.getKey()))
                .map(taint -> new NodeView.Doom(
                        Absent.time(taint.getTimeAdded()).orElse(now),
                        "node taint " + taint.getKey(),
                        HINT.equals(taint.getKey())))
                .min(Comparator.comparing(NodeView.Doom::hint));
    }
}
