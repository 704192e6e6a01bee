package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.AcceleratorNames;
import dev.skyhedge.providers.kubernetes.pool.NodeLabels;
import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.providers.kubernetes.pool.PoolSettings;
import dev.skyhedge.providers.kubernetes.pool.Requirement;
import dev.skyhedge.providers.kubernetes.pool.Taint;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The pools that nodes form that are there: nodes of one type in one place and market. A pod may ask for a
/// part of a node, so each pool is offered once for every size that fits: powers of two, and the whole. An
/// offer of half of a `g2-standard-24` is called `g2-standard-24:1`.
final class LivePools {
    private static final String UNNAMED = "node";

    private final PoolSettings settings;

    LivePools(PoolSettings settings) {
        this.settings = settings;
    }

    /// Nodes that pods cannot tell apart.
    private record Kind(
            Location location,
            String machine,
            String type,
            Market market,
            String resource,
            SortedMap<String, String> selector,
            List<Requirement> requirements) {}

    /// The pools, by the order of places and names.
    List<Pool> of(Nodes.View nodes) {
        SortedMap<String, Kind> kinds = new TreeMap<>();
        SortedMap<String, Integer> largest = new TreeMap<>();
        for (NodeView node : nodes.byName().values()) {
            if (node.usable() && node.doom().isEmpty() && isOpen(node) && !isDeclared(node)) {
                kind(node).ifPresent(kind -> {
                    String key = kind.location() + " " + kind.machine() + " " + kind.market() + " " + kind.type();
                    kinds.putIfAbsent(key, kind);
                    largest.merge(key, size(node, kind), Math::max);
                });
            }
        }
        List<Pool> pools = new ArrayList<>();
        SortedSet<String> taken = new TreeSet<>();
        kinds.forEach((key, kind) -> {
            for (int count : sizes(largest.getOrDefault(key, 0))) {
                Pool pool = pool(kind, count);
                // The same machine with two kinds of GPU in one zone: the first has the name.
                if (taken.add(pool.name() + " " + pool.location() + " " + pool.market())) {
                    pools.add(pool);
                }
            }
        });
        pools.sort(Comparator.comparing(Pool::location).thenComparing(Pool::name));
        return pools;
    }

    /// 1, 2, 4 and so on, and the whole.
    static List<Integer> sizes(int whole) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size < whole; size *= 2) {
            sizes.add(size);
        }
        if (whole > 0) {
            sizes.add(whole);
        }
        return sizes;
    }

    private Pool pool(Kind kind, int count) {
        Optional<HourlyPrice> price = Optional.ofNullable(settings.prices().get(kind.type()))
                .flatMap(card -> card.in(kind.market()))
                .map(card -> card.times(count));
        List<Taint> tolerations = new ArrayList<>(NodeLabels.tolerations(kind.market()));
        tolerations.addAll(settings.tolerations());
        return new Pool(
                kind.machine() + ":" + count,
                new Accelerator(kind.type(), count),
                kind.location(),
                kind.market(),
                price,
                kind.selector(),
                kind.requirements(),
                tolerations,
                new Pool.Needs(
                        kind.resource(),
                        settings.needs().cpu(),
                        settings.needs().memory()));
    }

    private Optional<Kind> kind(NodeView node) {
        Map<String, String> labels = node.labels();
        SortedMap<String, String> selector = new TreeMap<>();
        List<Requirement> requirements = new ArrayList<>();
        Optional<String> spot = NodeLabels.spotLabel(labels);
        spot.ifPresentOrElse(
                label -> selector.put(label, labels.getOrDefault(label, "")),
                () -> requirements.addAll(NodeLabels.notSpot()));
        NodeLabels.machineLabel(labels).ifPresent(label -> selector.put(label, labels.getOrDefault(label, "")));
        NodeLabels.zoneLabel(labels)
                .ifPresentOrElse(
                        label -> selector.put(label, labels.getOrDefault(label, "")),
                        () -> requirements.add(Requirement.absent(NodeLabels.ZONE)));
        String type = Pool.CPU;
        String resource = Pool.Needs.NVIDIA;
        if (!node.gpus().isEmpty()) {
            Optional<String> product = NodeLabels.productLabel(labels);
            if (product.isEmpty()) {
                // A GPU that nobody names cannot be asked for by name.
                return Optional.empty();
            }
            String value = labels.getOrDefault(product.get(), "");
            selector.put(product.get(), value);
            type = AcceleratorNames.of(value, settings.names());
            resource = node.gpus().firstKey();
        }
        return Optional.of(new Kind(
                node.location(),
                NodeLabels.machineLabel(labels)
                        .map(label -> labels.getOrDefault(label, UNNAMED))
                        .orElse(UNNAMED),
                type,
                spot.isPresent() ? Market.SPOT : Market.ON_DEMAND,
                resource,
                selector,
                requirements));
    }

    private static int size(NodeView node, Kind kind) {
        return kind.type().equals(Pool.CPU) ? node.cpus() : node.gpus().getOrDefault(kind.resource(), 0);
    }

    /// Whether our pods tolerate all that keeps pods off the node.
    private boolean isOpen(NodeView node) {
        List<Taint> tolerated = new ArrayList<>(NodeLabels.tolerations(
                NodeLabels.spotLabel(node.labels()).isPresent() ? Market.SPOT : Market.ON_DEMAND));
        tolerated.addAll(settings.tolerations());
        return node.taints().stream()
                .filter(Taint::repels)
                .allMatch(taint -> tolerated.stream().anyMatch(one -> one.covers(taint)));
    }

    /// Whether the settings have a pool for the node, under its name and price.
    private boolean isDeclared(NodeView node) {
        return settings.declared().stream()
                .anyMatch(pool ->
                        node.labels().entrySet().containsAll(pool.selector().entrySet()));
    }
}
