package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Which declaration refers to which, and in what order they can be evaluated. Iterative throughout, so that no
/// chain of references exhausts the stack.
final class DependencyGraph {
    private final SequencedMap<String, SequencedMap<String, SourceRange>> edges = new LinkedHashMap<>();

    /// A reference from one declaration to another, with its place.
    record Edge(String from, String to, SourceRange place) {}

    /// @param order every declaration after what it refers to; members of cycles are missing
    /// @param cycles one shortest cycle for each group of declarations that refer to each other
    /// @param cyclic all members of such groups
    record Order(List<String> order, List<List<Edge>> cycles, Set<String> cyclic) {}

    void declare(String name) {
        edges.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
    }

    /// The first place counts.
    void refer(String from, String to, SourceRange place) {
        edges.getOrDefault(from, new LinkedHashMap<>()).putIfAbsent(to, place);
    }

    Set<String> references(String name) {
        return edges.getOrDefault(name, new LinkedHashMap<>()).keySet();
    }

    /// Kahn's algorithm from the leaves; what is left over refers to a cycle, and what is left over of that
    /// after taking away all that no cycle refers to are the cycles themselves.
    Order order() {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, List<String>> dependents = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        edges.forEach((from, targets) -> {
            int count = 0;
            for (String to : targets.keySet()) {
                if (edges.containsKey(to)) {
                    dependents.computeIfAbsent(to, ignored -> new ArrayList<>()).add(from);
                    count++;
                }
            }
            waiting.put(from, count);
            if (count == 0) {
                ready.add(from);
            }
        });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String next = ready.remove();
            order.add(next);
            for (String dependent : dependents.getOrDefault(next, List.of())) {
                if (waiting.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        Set<String> done = new HashSet<>(order);
        List<String> left =
                edges.keySet().stream().filter(n -> !done.contains(n)).toList();
        List<List<Edge>> cycles = cycles(left);
        return new Order(order, cycles, new HashSet<>(left));
    }

    /// Shortest cycles that share no member.
    private List<List<Edge>> cycles(List<String> left) {
        Set<String> open = new HashSet<>(left);
        List<List<Edge>> cycles = new ArrayList<>();
        for (String start : left) {
            List<Edge> cycle = open.contains(start) ? cycleThrough(start, open) : List.of();
            if (!cycle.isEmpty()) {
                cycles.add(cycle);
                cycle.forEach(edge -> open.remove(edge.from()));
            }
        }
        return cycles;
    }

    /// Breadth first from the start back to it.
    private List<Edge> cycleThrough(String start, Set<String> within) {
        Map<String, Edge> reachedBy = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String from = next.remove();
            for (Map.Entry<String, SourceRange> target :
                    edges.getOrDefault(from, new LinkedHashMap<>()).entrySet()) {
                String to = target.getKey();
                Edge edge = new Edge(from, to, target.getValue());
                if (to.equals(start)) {
                    return path(start, edge, reachedBy);
                }
                if (within.contains(to) && reachedBy.putIfAbsent(to, edge) == null) {
                    next.add(to);
                }
            }
        }
        return List.of();
    }

    private static List<Edge> path(String start, Edge last, Map<String, Edge> reachedBy) {
        List<Edge> path = new ArrayList<>(List.of(last));
        String at = last.from();
        while (!at.equals(start)) {
            Edge edge = reachedBy.get(at);
            if (edge == null) {
                throw new IllegalStateException("No way back from " + at);
            }
            path.add(edge);
            at = edge.from();
        }
        Collections.reverse(path);
        return path;
    }
}
