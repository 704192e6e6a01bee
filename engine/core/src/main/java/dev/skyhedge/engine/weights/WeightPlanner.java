package dev.skyhedge.engine.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Plans how machines get a model (BlitzScale, section 5.2, with regions and prices above it). Between
/// regions: the cheapest tree, so that one copy crosses each paid link. Inside of a region: one chain
/// from each source that may send, zone by zone and from wide links to narrow ones, so that a narrow
/// one holds up nobody behind it who is wider.
///
/// Chains are never split: branches share the sender's link, so that s branches take s times as long
/// and save (n-1)/K of one copy at most. Where there are too few chunks, chunks are made smaller.
public final class WeightPlanner {
    private WeightPlanner() {}

    public static WeightPlan plan(WeightRequest request) {
        List<String> notes = new ArrayList<>();
        SortedSet<String> holding = request.holders().stream()
                .map(holder -> holder.peer().name())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> local = request.targets().stream()
                .filter(target -> holding.contains(target.peer().name()))
                .map(Target::replica)
                .toList();
        List<Peer> machines = machines(request, holding);
        List<Peer> sources = sources(request, notes);
        if (sources.isEmpty()) {
            notes.add("nobody has " + request.model() + " and may send it");
            return new WeightPlan(
                    request.model(),
                    request.previousEpoch() + 1,
                    request.bytes(),
                    request.chunkBytes(),
                    List.of(),
                    local,
                    machines,
                    notes);
        }
        Tree tree = new Tree(request, sources);
        regions(request, machines, sources).forEach(region -> region.plan(tree));
        int chunk = chunkBytes(request, tree.depth(), notes);
        return new WeightPlan(
                request.model(),
                request.previousEpoch() + 1,
                request.bytes(),
                chunk,
                tree.hops(),
                local,
                List.of(),
                notes);
    }

    /// Replicas of one machine are one receiver, with the links of all of them.
    private static List<Peer> machines(WeightRequest request, SortedSet<String> holding) {
        Map<String, Peer> machines = new LinkedHashMap<>();
        request.targets().stream()
                .map(Target::peer)
                .filter(peer -> !holding.contains(peer.name()))
                .forEach(peer -> machines.merge(
                        peer.name(),
                        peer,
                        (one, other) ->
                                new Peer(one.name(), one.location(), one.bitsPerSecond() + other.bitsPerSecond())));
        return machines.values().stream().sorted(Peer.WIDEST).toList();
    }

    /// Machines whose outgoing link serves nobody, and object stores of regions that have none.
    private static List<Peer> sources(WeightRequest request, List<String> notes) {
        List<Peer> idle = new ArrayList<>();
        request.holders().stream()
                .sorted(Comparator.comparing(Holder::peer, Peer.WIDEST))
                .forEach(holder -> holder.busy()
                        .ifPresentOrElse(
                                why -> notes.add(holder.peer().name() + " does not send: " + why),
                                () -> idle.add(holder.peer())));
        SortedSet<String> served = idle.stream().map(Peer::region).collect(Collectors.toCollection(TreeSet::new));
        request.stores().stream()
                .sorted(Peer.WIDEST)
                .filter(store -> !served.contains(store.region()))
                .forEach(idle::add);
        return idle;
    }

    /// Regions that hold targets or sources, each after the one that it gets the model from.
    private static List<Region> regions(WeightRequest request, List<Peer> machines, List<Peer> sources) {
        SortedMap<String, List<Peer>> wanting =
                machines.stream().collect(Collectors.groupingBy(Peer::region, TreeMap::new, Collectors.toList()));
        SortedMap<String, List<Peer>> having =
                sources.stream().collect(Collectors.groupingBy(Peer::region, TreeMap::new, Collectors.toList()));
        SortedSet<String> names = new TreeSet<>(wanting.keySet());
        names.addAll(having.keySet());
        List<String> order = List.copyOf(names);
        int[] parents = Arborescence.parents(costs(request, order, wanting, having), order.size());
        Map<String, Region> regions = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            String name = order.get(i);
            Optional<String> from = parents[i] == order.size() ? Optional.empty() : Optional.of(order.get(parents[i]));
            regions.put(
                    name,
                    new Region(
                            name, from, having.getOrDefault(name, List.of()), wanting.getOrDefault(name, List.of())));
        }
        return sendersFirst(regions);
    }

    /// By egress price; the last row is the root, from which regions that have the model are free.
    private static double[][] costs(
            WeightRequest request,
            List<String> order,
            SortedMap<String, List<Peer>> wanting,
            SortedMap<String, List<Peer>> having) {
        int root = order.size();
        double[][] cost = new double[root + 1][root + 1];
        for (int from = 0; from < root; from++) {
            for (int to = 0; to < root; to++) {
                cost[from][to] = request.prices()
                        .usd(
                                request.bytes(),
                                any(order.get(from), wanting, having).location(),
                                any(order.get(to), wanting, having).location());
            }
            cost[root][from] = having.containsKey(order.get(from)) ? -1 : Double.POSITIVE_INFINITY;
            cost[from][root] = Double.POSITIVE_INFINITY;
        }
        return cost;
    }

    private static Peer any(
            String region, SortedMap<String, List<Peer>> wanting, SortedMap<String, List<Peer>> having) {
        return having.getOrDefault(region, wanting.getOrDefault(region, List.of()))
                .getFirst();
    }

    private static List<Region> sendersFirst(Map<String, Region> regions) {
        List<Region> sorted = new ArrayList<>();
        SortedSet<String> done = new TreeSet<>();
        while (sorted.size() < regions.size()) {
            for (Region region : regions.values()) {
                if (!done.contains(region.name())
                        && region.from().map(done::contains).orElse(true)) {
                    sorted.add(region);
                    done.add(region.name());
                }
            }
        }
        return sorted;
    }

    private static int chunkBytes(WeightRequest request, int depth, List<String> notes) {
        long needed = (long) WeightPlan.CHUNKS_PER_MEMBER * depth;
        int chunk = request.chunkBytes();
        while (chunk / 2 >= WeightPlan.MIN_CHUNK_BYTES && (request.bytes() + chunk - 1) / chunk < needed) {
            chunk /= 2;
        }
        if (chunk < request.chunkBytes()) {
            notes.add("chunks of " + chunk + " bytes, so that a chain of " + depth + " is full soon");
        }
        if ((request.bytes() + chunk - 1) / chunk < needed) {
            notes.add("the model has fewer than " + WeightPlan.CHUNKS_PER_MEMBER + " chunks for each of " + depth
                    + " hops: the last machine waits longer");
        }
        return chunk;
    }
}
