package dev.skyhedge.providers.kubernetes.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every pod that was ever made.
final class PodLedger {
    private static final String TOKEN = "skyhedge-token";
    private static final String REPLICA = "skyhedge-replica";
    private static final String UNKNOWN = "-";

    private final SortedMap<String, Integer> madeByToken = new TreeMap<>();
    private final List<FakePod> pods = new ArrayList<>();

    void made(FakePod pod) {
        madeByToken.merge(token(pod), 1, Integer::sum);
        pods.add(pod);
    }

    Map<String, Integer> madeByToken() {
        return new TreeMap<>(madeByToken);
    }

    /// A line each: `live|ended NAME REGION ZONE MARKET TOKEN REPLICA`, with `-` for what only a pod with a node has.
    List<String> lines(Map<String, FakePod> present, Map<String, FakeNode> nodes) {
        return pods.stream()
                .map(pod -> line(
                        pod,
                        present.get(pod.name()) == pod && !pod.isOver() && pod.goneAt == null,
                        Optional.ofNullable(nodes.get(pod.node()))))
                .toList();
    }

    private static String line(FakePod pod, boolean live, Optional<FakeNode> node) {
        return String.join(
                " ",
                live ? "live" : "ended",
                pod.name(),
                node.map(FakeNode::region).orElse(UNKNOWN),
                node.map(FakeNode::zone).orElse(UNKNOWN),
                node.map(FakeNode::market).orElse(UNKNOWN),
                token(pod),
                pod.labels().getOrDefault(REPLICA, UNKNOWN));
    }

    private static String token(FakePod pod) {
        return pod.labels().getOrDefault(TOKEN, pod.name());
    }
}
