package dev.skyhedge.specs.graph;

import dev.skyhedge.specs.loading.LoadedSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/// Which declaration of a spec refers to which, as text that draws it. An arrow points to what is referred to.
/// Nodes and arrows are sorted, so that the same spec gives the same text.
///
/// @param nodes the declarations: `service.chat`, `var.model`
/// @param edges the references between them
public record ReferenceGraph(List<String> nodes, List<Edge> edges) {
    /// A reference.
    public record Edge(String from, String to) {}

    public ReferenceGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// The graph of a spec, also of one with errors.
    public static ReferenceGraph of(LoadedSpec loaded) {
        return of(loaded.references());
    }

    private static ReferenceGraph of(SequencedMap<String, SequencedSet<String>> references) {
        List<Edge> edges = new ArrayList<>();
        new TreeMap<>(references)
                .forEach((from, targets) ->
                        targets.stream().filter(references::containsKey).forEach(to -> edges.add(new Edge(from, to))));
        return new ReferenceGraph(references.keySet().stream().sorted().toList(), edges);
    }

    /// For Graphviz.
    public String dot() {
        StringBuilder text = new StringBuilder("digraph spec {\n  rankdir = \"LR\";\n  node [shape = \"box\"];\n");
        nodes.forEach(node -> text.append("  \"").append(node).append("\";\n"));
        edges.forEach(edge -> text.append("  \"")
                .append(edge.from())
                .append("\" -> \"")
                .append(edge.to())
                .append("\";\n"));
        return text.append("}\n").toString();
    }

    /// For Mermaid.
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < nodes.size(); i++) {
            text.append("  n").append(i).append("[\"").append(nodes.get(i)).append("\"]\n");
        }
        TreeMap<String, Integer> numbers = new TreeMap<>();
        nodes.forEach(node -> numbers.put(node, numbers.size()));
        edges.forEach(edge -> text.append("  n")
                .append(numbers.get(edge.from()))
                .append(" --> n")
                .append(numbers.get(edge.to()))
                .append('\n'));
        return text.toString();
    }
}
