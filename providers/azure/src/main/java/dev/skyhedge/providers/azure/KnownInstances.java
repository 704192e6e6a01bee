package dev.skyhedge.providers.azure;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The instances that this client has seen. Azure forgets a machine the moment that it is gone; this remembers
/// that it
/// was there, so that its end can be told, and for an hour how it ended. Thread-safe.
final class KnownInstances {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MAX_KNOWN = 50_000;

    private final SortedMap<String, Known> known = new TreeMap<>();
    private final SortedMap<String, Instance> leftOvers = new TreeMap<>();

    /// An instance that was seen.
    ///
    /// @param instance as it was last seen, or as it ended
    /// @param terminated whether we asked for its end
    record Known(Instance instance, boolean terminated) {}

    /// Remembers an instance as it is; an end is never forgotten for a life. Where the cloud does not say when a
    /// machine was created, the first sight of it counts.
    ///
    /// @return the instance with what was known of it before
    synchronized Instance saw(Instance instance) {
        Known before = known.get(instance.id());
        if (before != null && !before.instance.isLive()) {
            return before.instance;
        }
        if (known.size() >= MAX_KNOWN && before == null) {
            known.values().removeIf(one -> !one.instance.isLive());
        }
        Instance now = before == null ? instance : with(instance, before.instance);
        known.put(instance.id(), new Known(now, before != null && before.terminated));
        return now;
    }

    private static Instance with(Instance now, Instance before) {
        boolean served = now.state() == InstanceState.RUNNING || now.state() == InstanceState.STOPPING;
        Optional<Endpoint> endpoint = now.endpoint().or(() -> served ? before.endpoint() : Optional.empty());
        return new Instance(now.id(), now.offer(), now.tags(), now.state(), endpoint, before.launchedAt(), now.end());
    }

    /// Remembers that it ended but is still there, with its disk, until somebody deletes it.
    synchronized void leftOver(Instance instance) {
        leftOvers.put(instance.id(), instance);
    }

    /// Those of this lineage that are still there after their end; each is told once for each time that it is
    /// seen.
    synchronized List<Instance> takeLeftOvers(String lineage) {
        List<Instance> taken =
                leftOvers.values().stream().filter(one -> isOf(one, lineage)).toList();
        taken.forEach(one -> leftOvers.remove(one.id()));
        return taken;
    }

    /// Remembers that we want its end, before we say so to Azure.
    synchronized void terminating(String id) {
        known.computeIfPresent(id, (key, one) -> new Known(one.instance, true));
    }

    /// Remembers how it ended.
    synchronized Instance ended(Instance instance, Instance.End end) {
        Known before = known.get(instance.id());
        if (before != null && !before.instance.isLive()) {
            return before.instance;
        }
        Instance ended = new Instance(
                instance.id(),
                instance.offer(),
                instance.tags(),
                InstanceState.ENDED,
                Optional.empty(),
                instance.launchedAt(),
                Optional.of(end));
        known.put(instance.id(), new Known(ended, end.cause() == EndCause.TERMINATED));
        return ended;
    }

    synchronized Optional<Known> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /// Those of this lineage that were alive when last seen and are not among the listed.
    synchronized List<Known> missing(String lineage, Set<String> listed) {
        return known.values().stream()
                .filter(one ->
                        one.instance.isLive() && isOf(one.instance, lineage) && !listed.contains(one.instance.id()))
                .toList();
    }

    /// Those of this lineage that ended within the last hour; older ones are forgotten.
    synchronized List<Instance> recentlyEnded(String lineage, Instant now) {
        Instant oldest = now.minus(MEMORY);
        known.values()
                .removeIf(one -> one.instance
                        .end()
                        .filter(end -> end.at().isBefore(oldest))
                        .isPresent());
        List<Instance> ended = new ArrayList<>();
        for (Known one : known.values()) {
            if (!one.instance.isLive() && isOf(one.instance, lineage)) {
                ended.add(one.instance);
            }
        }
        return ended;
    }

    private static boolean isOf(Instance one, String lineage) {
        return lineage.isEmpty() || one.tags().lineage().equals(lineage);
    }
}
