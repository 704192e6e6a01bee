package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.providers.kubernetes.pool.PoolSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceSource;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.spi.Unreachable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What can be rented: declared pools, and those that nodes form that are there. Thread-safe.
final class Pools {
    private static final int MAX_REMEMBERED = 5_000;
    private static final String PRICED = "settings of the provider";
    private static final String UNPRICED = "no price in the settings: the cluster is paid for anyway";

    private static final MachineShape ANY_SIZE = new MachineShape(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final PoolSettings settings;
    private final LivePools live;
    private final Nodes nodes;
    private final InstantSource clock;

    /// Pools that had nodes before, so that one that has none any more is told from one that never was.
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Pools(PoolSettings settings, Nodes nodes, InstantSource clock) {
        this.settings = settings;
        this.live = new LivePools(settings);
        this.nodes = nodes;
        this.clock = clock;
    }

    /// The offers that the query asks for. Without a look at the nodes, which not everybody is allowed, the
    /// declared pools remain; only without any does the call fail.
    Outcome<OfferList> offers(OfferQuery query) {
        Instant now = clock.instant();
        List<Pool> pools = new ArrayList<>(settings.declared());
        List<Unreachable> gaps = new ArrayList<>();
        if (settings.discover()) {
            switch (found()) {
                case Outcome.Done<List<Pool>>(List<Pool> there) -> pools.addAll(there);
                case Outcome.Failed<List<Pool>>(Failure failure) -> {
                    if (pools.isEmpty()) {
                        return Outcome.failed(failure);
                    }
                    if (!(failure instanceof Failure.Denied)) {
                        gaps.add(new Unreachable(Places.EVERYWHERE, failure));
                    }
                }
            }
        }
        List<Offer> offers =
                pools.stream().map(Pool::offer).filter(query::asksFor).toList();
        boolean priced = pools.stream().anyMatch(pool -> pool.price().isPresent());
        PriceSource source = new PriceSource(Places.EVERYWHERE, Optional.empty(), priced ? PRICED : UNPRICED, now);
        return Outcome.done(new OfferList(offers, now, gaps, List.of(source), shapes(pools)));
    }

    /// A pod may have as much as the largest node of its pool; of a pool without nodes whatever it asks for, as far as
    /// anybody knows before the cluster adds one.
    private SequencedMap<String, MachineShape> shapes(List<Pool> pools) {
        Nodes.View view = settings.discover() ? nodes.orNothing() : Nodes.View.NOTHING;
        SequencedMap<String, MachineShape> shapes = new TreeMap<>();
        for (Pool pool : pools) {
            MachineShape largest = view.byName().values().stream()
                    .filter(node -> node.cpus() > 0 && node.memoryMib() > 0)
                    .filter(node ->
                            node.labels().entrySet().containsAll(pool.selector().entrySet()))
                    .map(node -> new MachineShape(node.cpus(), node.memoryMib()))
                    .reduce(Pools::larger)
                    .orElse(ANY_SIZE);
            shapes.merge(pool.name(), largest, Pools::larger);
        }
        return shapes;
    }

    private static MachineShape larger(MachineShape one, MachineShape other) {
        return new MachineShape(Math.max(one.vcpus(), other.vcpus()), Math.max(one.memoryMib(), other.memoryMib()));
    }

    /// The pool that the offer is about. One that is gone has no capacity; one that never was is not supported.
    Outcome<Pool> find(Offer offer) {
        for (Pool pool : settings.declared()) {
            if (pool.sells(offer)) {
                return Outcome.done(pool);
            }
        }
        if (settings.discover()) {
            switch (found()) {
                case Outcome.Done<List<Pool>>(List<Pool> there) -> {
                    for (Pool pool : there) {
                        if (pool.sells(offer)) {
                            return Outcome.done(pool);
                        }
                    }
                }
                case Outcome.Failed<List<Pool>>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
            }
        }
        Scope scope = Scope.of(offer);
        return Outcome.failed(
                seen.contains(key(offer))
                        ? new Failure.NoCapacity(scope, "the last node of " + offer.instanceType() + " is gone")
                        : new Failure.UnsupportedHere(
                                scope,
                                "no node and no pool of the settings is a " + offer.instanceType() + " in "
                                        + offer.location() + " for "
                                        + offer.market().word()));
    }

    private Outcome<List<Pool>> found() {
        Outcome<List<Pool>> found = nodes.read().map(live::of);
        if (found instanceof Outcome.Done<List<Pool>>(List<Pool> there) && seen.size() < MAX_REMEMBERED) {
            there.forEach(pool -> seen.add(key(pool.offer())));
        }
        return found;
    }

    private static String key(Offer offer) {
        return offer.instanceType() + " " + offer.location() + " " + offer.market();
    }
}
