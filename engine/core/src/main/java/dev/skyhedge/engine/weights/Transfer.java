package dev.skyhedge.engine.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// A plan that is being carried out.
///
/// @param epoch of the plan in force
/// @param chunks of the model
/// @param parents sender by receiver, for all that want the model and are alive; a receiver that is
///     missing here has nobody to ask
/// @param watermarks chunks that each machine has, verified and without a gap, from the first on
/// @param whole machines that had the whole model from the beginning
/// @param stores that have it, and are asked for the rest when no machine has it; best first
/// @param barred machines that may not send this model any more
public record Transfer(
        long epoch,
        int chunks,
        SequencedMap<String, String> parents,
        SequencedMap<String, Integer> watermarks,
        SortedSet<String> whole,
        List<String> stores,
        SortedSet<String> barred) {
    public Transfer {
        parents = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parents));
        watermarks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(watermarks));
        whole = Collections.unmodifiableSortedSet(new TreeSet<>(whole));
        stores = List.copyOf(stores);
        barred = Collections.unmodifiableSortedSet(new TreeSet<>(barred));
    }

    /// The beginning of a plan.
    ///
    /// @param stores that hold the model, best first
    public static Transfer of(WeightPlan plan, List<String> stores) {
        SequencedMap<String, Integer> watermarks = new LinkedHashMap<>();
        plan.hops().forEach(hop -> watermarks.put(hop.to().name(), 0));
        SortedSet<String> whole = new TreeSet<>(plan.parents().values());
        whole.removeAll(watermarks.keySet());
        stores.forEach(whole::remove);
        return new Transfer(plan.epoch(), plan.chunks(), plan.parents(), watermarks, whole, stores, new TreeSet<>());
    }

    /// Chunks that somebody can send.
    public int watermark(String name) {
        return whole.contains(name) || stores.contains(name) ? chunks : watermarks.getOrDefault(name, 0);
    }

    /// Machines that get the model from this one now.
    public List<String> children(String name) {
        return parents.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// A receiver has so many chunks now; fewer than before is old news.
    public Transfer progress(String name, int watermark) {
        SequencedMap<String, Integer> newer = new LinkedHashMap<>(watermarks);
        newer.computeIfPresent(name, (_, before) -> Math.max(before, Math.min(watermark, chunks)));
        return new Transfer(epoch, chunks, parents, newer, whole, stores, barred);
    }
}
