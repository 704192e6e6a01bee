package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// The instances that this client has seen. Some clouds forget an instance the moment that it is gone; this
/// remembers that it was there, so that its end can be told, and for an hour how it ended. Thread-safe.
public final class KnownInstances {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MAX_KNOWN = 50_000;

    private final SortedMap<String, Known> known = new TreeMap<>();
    private final SortedMap<String, Instance> leftOvers = new TreeMap<>();
    private final SequencedSet<String> endingUnseen = new LinkedHashSet<>();

    private final BinaryOperator<Instance> completion;

    /// @param completion makes of an instance as it is now, and as it was when last seen, what is known of it
    public KnownInstances(BinaryOperator<Instance> completion) {
        this.completion = completion;
    }

    /// An instance that was seen.
    ///
    /// @param instance as it was last seen, or as it ended
    /// @param number the cloud's number for it, where an id alone may come again; 0 if there is none or it is not
    ///     known
    /// @param terminated whether we asked for its end
    public record Known(Instance instance, long number, boolean terminated) {}

    /// Remembers an instance that the cloud has no number for.
    public Instance saw(Instance instance) {
        return saw(instance, 0);
    }

    /// Remembers an instance as it is; an end is never forgotten for a life.
    ///
    /// @param number the cloud's number for it; 0 if not known
    /// @return the instance with what was known of it before
    public synchronized Instance saw(Instance instance, long number) {
        Known before = known.get(instance.id());
        if (before != null && !before.instance.isLive()) {
            return before.instance;
        }
        if (known.size() >= MAX_KNOWN && before == null) {
            known.values().removeIf(one -> !one.instance.isLive());
        }
        Instance now = before == null ? instance : completion.apply(instance, before.instance);
        known.put(
                instance.id(),
                new Known(
                        now,
                        number != 0 || before == null ? number : before.number,
                        before == null ? endingUnseen.remove(instance.id()) : before.terminated));
        return now;
    }

    /// Remembers that it ended but is still there, with its disk, until somebody deletes it.
    public synchronized void leftOver(Instance instance) {
        leftOvers.put(instance.id(), instance);
    }

    /// Those of this lineage, and no other, that are still there after their end; each is told once for each time
    /// that it is seen.
    public synchronized List<Instance> takeLeftOvers(String lineage) {
        List<Instance> taken = leftOvers.values().stream()
                .filter(one -> one.tags().lineage().equals(lineage))
                .toList();
        taken.forEach(one -> leftOvers.remove(one.id()));
        return taken;
    }

    /// Remembers that we want its end, before we say so to the cloud; also of one that was not seen yet, as after a
    /// crash.
    public synchronized void terminating(String id) {
        if (known.computeIfPresent(id, (key, one) -> new Known(one.instance, one.number, true)) == null) {
            endingUnseen.add(id);
            if (endingUnseen.size() > MAX_KNOWN) {
                endingUnseen.removeFirst();
            }
        }
    }

    /// Remembers how it ended.
    public synchronized Instance ended(Instance instance, Instance.End end) {
        Known before = known.get(instance.id());
        if (before != null && !before.instance.isLive()) {
            return before.instance;
        }
        Instance ended = instance.ended(end);
        known.put(
                instance.id(),
                new Known(ended, before == null ? 0 : before.number, end.cause() == EndCause.TERMINATED));
        return ended;
    }

    /// What is known of an instance, live or ended.
    public synchronized Optional<Known> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /// Those of this lineage that were alive when last seen and are not among the listed.
    public synchronized List<Known> missing(String lineage, Set<String> listed) {
        return known.values().stream()
                .filter(one ->
                        one.instance.isLive() && isOf(one.instance, lineage) && !listed.contains(one.instance.id()))
                .toList();
    }

    /// Those of this lineage that ended within the last hour; older ones are forgotten.
    public synchronized List<Instance> recentlyEnded(String lineage, Instant now) {
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
