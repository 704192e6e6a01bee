package dev.skyhedge.engine.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A plan as it grows: who sends to whom, and how many each sends to.
final class Tree {
    private record Edge(Peer from, Peer to, String reason) {}

    private final WeightRequest request;
    private final List<Peer> sources;
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, Integer> children = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    Tree(WeightRequest request, List<Peer> sources) {
        this.request = request;
        this.sources = List.copyOf(sources);
    }

    void attach(Peer from, Peer to, String reason) {
        edges.add(new Edge(from, to, reason));
        children.merge(from.name(), 1, Integer::sum);
        depths.put(to.name(), depths.getOrDefault(from.name(), 0) + 1);
    }

    /// Who of a region has most of its link left for one more: who sends to the fewest, then the widest.
    Peer sender(String region) {
        return Stream.concat(sources.stream(), edges.stream().map(Edge::to))
                .filter(peer -> peer.region().equals(region))
                .min(Comparator.<Peer, Integer>comparing(peer -> children.getOrDefault(peer.name(), 0))
                        .thenComparing(Peer.WIDEST))
                .orElseThrow();
    }

    int depth() {
        return depths.values().stream().max(Integer::compare).orElse(0);
    }

    List<Hop> hops() {
        return edges.stream().map(this::hop).toList();
    }

    private Hop hop(Edge edge) {
        double share =
                edge.from().bitsPerSecond() / children.getOrDefault(edge.from().name(), 1);
        return new Hop(
                edge.from(),
                edge.to(),
                Math.min(share, edge.to().bitsPerSecond()),
                depths.getOrDefault(edge.to().name(), 1),
                request.prices()
                        .usd(request.bytes(), edge.from().location(), edge.to().location()),
                edge.reason());
    }
}
