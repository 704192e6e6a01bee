package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The pods that this client has seen. A cluster forgets a pod the moment that it is gone; this remembers
/// that it was there, so that its end can be told, and for an hour how it ended. Thread-safe.
final class KnownPods {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MAX_KNOWN = 50_000;

    private static final int MAX_ABANDONED = 10_000;

    private final SortedMap<String, Known> known = new TreeMap<>();
    private final SequencedSet<String> abandoned = new LinkedHashSet<>();

    /// A pod as it was last seen, or as it ended.
    ///
    /// @param instance the pod
    /// @param disruption what was about to end it
    /// @param terminated whether we asked for its end
    /// @param placed whether it ever had a node
    record Known(Instance instance, Optional<Disruption> disruption, boolean terminated, boolean placed) {
        private Known ended(Instance end) {
            return new Known(end, disruption, terminated, placed);
        }
    }

    /// Remembers a pod as it is. An end is never forgotten for a life, nor a disruption for none.
    ///
    /// @return the pod as it is remembered
    synchronized Instance saw(PodReader.Sighting sighting) {
        Instance now = sighting.instance();
        if (abandoned.contains(now.id())) {
            return now;
        }
        Known before = known.get(now.id());
        if (before != null && !before.instance.isLive()) {
            return before.instance;
        }
        if (before == null && known.size() >= MAX_KNOWN) {
            known.values().removeIf(one -> !one.instance.isLive());
        }
        Optional<Disruption> disruption =
                sighting.disruption().or(() -> before == null ? Optional.empty() : before.disruption);
        boolean terminated = before != null && before.terminated;
        Instance kept = terminated && !now.isLive() ? endedByUs(now) : now;
        boolean placed = sighting.placed() || (before != null && before.placed);
        known.put(kept.id(), new Known(kept, disruption, terminated, placed));
        return kept;
    }

    private static Instance endedByUs(Instance ended) {
        End end = ended.end().orElseThrow();
        return ended.ended(new End(end.at(), EndCause.TERMINATED, end.detail()));
    }

    /// Remembers that we want its end, before we say so to the cluster.
    synchronized void terminating(String name) {
        known.computeIfPresent(name, (key, one) -> new Known(one.instance, one.disruption, true, one.placed));
    }

    /// Whether we have asked for the end of all pods of this lineage that are known to be alive.
    synchronized boolean isEnding(String lineage) {
        return known.values().stream()
                .noneMatch(one -> one.instance.isLive() && !one.terminated && isOf(one.instance, lineage));
    }

    /// Forgets a pod whose launch came to nothing, also if a late word of it comes: it has no end to be told.
    synchronized void abandon(String name) {
        known.remove(name);
        abandoned.add(name);
        if (abandoned.size() > MAX_ABANDONED) {
            abandoned.removeFirst();
        }
    }

    /// A pod of this name will be made.
    synchronized void expect(String name) {
        abandoned.remove(name);
    }

    /// Remembers that a pod is gone, and finds out why from what was last seen of it.
    synchronized Instance gone(String name, Instant now) {
        Known before = known.get(name);
        if (before == null) {
            throw new IllegalArgumentException("Never seen: " + name);
        }
        if (!before.instance.isLive()) {
            return before.instance;
        }
        Instance ended = before.instance.ended(cause(before, now));
        known.put(name, before.ended(ended));
        return ended;
    }

    private static End cause(Known before, Instant now) {
        if (before.terminated) {
            return new End(now, EndCause.TERMINATED, "");
        }
        if (!before.placed) {
            // Nothing was taken from us: no market had given anything yet.
            return new End(now, EndCause.TERMINATED, "deleted before it had a node");
        }
        Optional<Disruption> taken = before.disruption.filter(Disruption::takes);
        if (taken.isPresent()) {
            return taken.get().end(now, PodReader.taken(before.instance.offer()));
        }
        // Whoever deletes a pod lets it stop first; one that vanishes while it runs went with its node.
        boolean vanished = before.instance.state() != InstanceState.STOPPING
                && before.instance.offer().market() == Market.SPOT;
        return vanished
                ? new End(now, EndCause.PREEMPTED, "vanished, probably with its node")
                : new End(now, EndCause.TERMINATED, "deleted by somebody else");
    }

    synchronized Optional<Known> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /// What is about to take this pod, or suggests to leave; empty if we asked for its end.
    synchronized Optional<Disruption> disruption(String name) {
        return Optional.ofNullable(known.get(name))
                .filter(one -> !one.terminated)
                .flatMap(Known::disruption);
    }

    /// Names of those of this lineage that were alive when last seen and are not among the listed.
    synchronized List<String> missing(String lineage, Set<String> listed) {
        return known.values().stream()
                .map(Known::instance)
                .filter(one -> one.isLive() && isOf(one, lineage) && !listed.contains(one.id()))
                .map(Instance::id)
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
        return known.values().stream()
                .map(Known::instance)
                .filter(one -> !one.isLive() && isOf(one, lineage))
                .toList();
    }

    private static boolean isOf(Instance one, String lineage) {
        return lineage.isEmpty() || one.tags().lineage().equals(lineage);
    }
}
