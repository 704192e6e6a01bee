package dev.skyhedge.engine.weights;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The cheapest way to reach every node from a root, each node from one other: Edmonds' algorithm
/// ("Optimum branchings", 1967), in its form of contracted circles; O(n³).
final class Arborescence {
    private Arborescence() {}

    /// @param cost `cost[from][to]`; infinite where there is no way. All nodes are to be reachable
    /// @return by node from which it is reached; the root's own entry is -1. Of equally cheap ways in,
    ///     the one from the lowest number is taken
    static int[] parents(double[][] cost, int root) {
        int size = cost.length;
        int[] parent = cheapestWaysIn(cost, root);
        int[] circle = circle(parent, root);
        if (circle.length == 0) {
            return parent;
        }
        boolean[] inside = new boolean[size];
        Arrays.stream(circle).forEach(node -> inside[node] = true);
        return expanded(cost, root, parent, inside);
    }

    private static int[] cheapestWaysIn(double[][] cost, int root) {
        int[] parent = new int[cost.length];
        for (int to = 0; to < cost.length; to++) {
            parent[to] = -1;
            for (int from = 0; from < cost.length && to != root; from++) {
                boolean possible = from != to && cost[from][to] < Double.POSITIVE_INFINITY;
                if (possible && (parent[to] < 0 || cost[from][to] < cost[parent[to]][to])) {
                    parent[to] = from;
                }
            }
            if (to != root && parent[to] < 0) {
                throw new IllegalArgumentException("Node " + to + " cannot be reached");
            }
        }
        return parent;
    }

    private static int[] circle(int[] parent, int root) {
        int[] seen = new int[parent.length];
        for (int start = 0; start < parent.length; start++) {
            int node = start;
            while (node != root && seen[node] == 0) {
                seen[node] = start + 1;
                node = parent[node];
            }
            if (node != root && seen[node] == start + 1) {
                int first = node;
                int[] members = {first};
                for (int next = parent[first]; next != first; next = parent[next]) {
                    members = Arrays.copyOf(members, members.length + 1);
                    members[members.length - 1] = next;
                }
                return members;
            }
        }
        return new int[0];
    }

    /// Takes the circle as one node, solves that, and breaks the circle where the solution enters it.
    private static int[] expanded(double[][] cost, int root, int[] parent, boolean[] inside) {
        int size = cost.length;
        int[] outside = IntStream.range(0, size).filter(node -> !inside[node]).toArray();
        int whole = outside.length;
        double[][] smaller = new double[whole + 1][whole + 1];
        int[] entry = new int[whole];
        int[] exit = new int[whole];
        for (int i = 0; i < whole; i++) {
            for (int j = 0; j < whole; j++) {
                smaller[i][j] = cost[outside[i]][outside[j]];
            }
            entry[i] = cheapestEntry(cost, outside[i], parent, inside);
            smaller[i][whole] = cost[outside[i]][entry[i]] - cost[parent[entry[i]]][entry[i]];
            exit[i] = cheapestExit(cost, outside[i], inside);
            smaller[whole][i] = cost[exit[i]][outside[i]];
        }
        int newRoot = Arrays.binarySearch(outside, root);
        int[] solved = parents(smaller, newRoot);
        int[] result = parent.clone();
        for (int i = 0; i < whole; i++) {
            if (i != newRoot) {
                result[outside[i]] = solved[i] == whole ? exit[i] : outside[solved[i]];
            }
        }
        result[entry[solved[whole]]] = outside[solved[whole]];
        return result;
    }

    private static int cheapestEntry(double[][] cost, int from, int[] parent, boolean[] inside) {
        int best = -1;
        for (int to = 0; to < cost.length; to++) {
            if (inside[to]
                    && (best < 0
                            || cost[from][to] - cost[parent[to]][to] < cost[from][best] - cost[parent[best]][best])) {
                best = to;
            }
        }
        return best;
    }

    private static int cheapestExit(double[][] cost, int to, boolean[] inside) {
        int best = -1;
        for (int from = 0; from < cost.length; from++) {
            if (inside[from] && (best < 0 || cost[from][to] < cost[best][to])) {
                best = from;
            }
        }
        return best;
    }
}
