package dev.skyhedge.balancer.prompt;

import dev.skyhedge.balancer.policy.PrefixIndex;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who was given which prompts lately, and so has them in its cache, most likely. Its memory is bounded by what it is
/// made with, whatever it is told: the oldest blocks give way, and a target for which there is no slot is one that has
/// seen nothing.
///
/// Thread-safe. Its lock guards who has which slot; prompts are looked up and given without it.
///
/// @param <T> what tells targets apart, equal for the same one
public final class PromptCaches<T> {
    /// Stands for no slot.
    public static final int NONE = -1;

    private final PrefixIndex index;
    private final Map<T, Integer> slots = new ConcurrentHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /// @param targets that it can tell apart
    /// @param entries blocks that it has room for, a power of two and at least 8
    public PromptCaches(int targets, int entries) {
        this.index = new PrefixIndex(targets, entries);
        for (int slot = 0; slot < targets; slot++) {
            free.add(slot);
        }
    }

    /// These take requests from now on: what is known of others is forgotten, and who is new has seen nothing.
    public synchronized void route(Collection<T> targets) {
        Set<T> stay = Set.copyOf(targets);
        slots.entrySet().removeIf(entry -> {
            boolean leaves = !stay.contains(entry.getKey());
            if (leaves) {
                free.add(entry.getValue());
            }
            return leaves;
        });
        for (T target : targets) {
            if (!free.isEmpty() && !slots.containsKey(target)) {
                int slot = free.remove();
                index.forget(slot); // a prompt may have been given to the last one while it left
                slots.put(target, slot);
            }
        }
    }

    /// Its place in [PrefixIndex.Hits], or [#NONE].
    public int slot(T target) {
        return slots.getOrDefault(target, NONE);
    }

    /// A target gets a prompt and will have its blocks; one without a slot leaves no trace.
    ///
    /// @param now nanoseconds of a clock that only moves forward
    public void given(Prompt prompt, T target, long now) {
        int slot = slot(target);
        if (slot != NONE) {
            index.put(prompt.hashes(), prompt.blocks(), slot, now);
        }
    }

    /// How many of its blocks, from the first on, each target has seen.
    public PrefixIndex.Hits look(Prompt prompt, long now) {
        PrefixIndex.Hits hits = index.new Hits();
        hits.look(prompt.hashes(), prompt.blocks(), now);
        return hits;
    }
}
