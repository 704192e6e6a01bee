package dev.skyhedge.engine.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Machines of one region that need the model, and who has it there.
///
/// @param from the region that sends it the one copy that is paid for; empty if it has sources
/// @param machines widest first
record Region(String name, Optional<String> from, List<Peer> sources, List<Peer> machines) {
    /// A chain as it grows.
    private static final class Chain {
        private Peer tail;
        private int length;

        Chain(Peer source) {
            tail = source;
        }

        boolean isIn(String zone) {
            return tail.location().zone().equals(zone);
        }
    }

    private static final Comparator<Chain> SHORTEST =
            Comparator.<Chain>comparingInt(chain -> chain.length).thenComparing(chain -> chain.tail, Peer.WIDEST);
    private static final Comparator<Chain> WIDEST = Comparator.<Chain, Peer>comparing(
                    chain -> chain.tail,
                    Comparator.comparingDouble(Peer::bitsPerSecond).reversed())
            .thenComparing(SHORTEST);

    void plan(Tree tree) {
        if (machines.isEmpty()) {
            return;
        }
        List<Chain> chains = new ArrayList<>(sources.stream().map(Chain::new).toList());
        List<List<Peer>> zones = new ArrayList<>(zones());
        if (chains.isEmpty()) {
            Peer entry = machines.getFirst();
            tree.attach(
                    tree.sender(from.orElseThrow()),
                    entry,
                    "the widest of " + name + " takes the one copy from " + from.orElseThrow());
            chains.add(new Chain(entry));
            zones.replaceAll(zone -> zone.stream().filter(peer -> peer != entry).toList());
        }
        zones.forEach(zone -> zone.forEach(peer -> append(peer, chains, tree)));
    }

    /// Zones with a source come first, then those with wide links: each is entered once by a chain.
    private Collection<List<Peer>> zones() {
        SortedMap<String, List<Peer>> zones = machines.stream()
                .collect(Collectors.groupingBy(peer -> peer.location().zone(), TreeMap::new, Collectors.toList()));
        return zones.values().stream()
                .sorted(Comparator.<List<Peer>, Boolean>comparing(zone -> !hasSource(zone))
                        .thenComparing(List::getFirst, Peer.WIDEST))
                .toList();
    }

    private boolean hasSource(List<Peer> zone) {
        return sources.stream()
                .anyMatch(source -> source.location()
                        .zone()
                        .equals(zone.getFirst().location().zone()));
    }

    private static void append(Peer peer, List<Chain> chains, Tree tree) {
        String zone = peer.location().zone();
        Optional<Chain> near = chains.stream().filter(chain -> chain.isIn(zone)).min(SHORTEST);
        Chain chain = near.orElseGet(() -> chains.stream().min(WIDEST).orElseThrow());
        tree.attach(
                chain.tail,
                peer,
                near.isPresent()
                        ? "the end of the shortest chain in " + zone
                        : "the widest end of a chain, since none is in " + zone);
        chain.tail = peer;
        chain.length++;
    }
}
