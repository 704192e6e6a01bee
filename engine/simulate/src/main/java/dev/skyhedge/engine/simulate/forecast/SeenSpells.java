package dev.skyhedge.engine.simulate.forecast;

import java.time.Duration;
import java.util.List;

/// Spells of one kind that a spot pool was seen in: with room for something of ours, or without any.
///
/// @param lengths each of them, as far as it was seen. One by one, because a few long ones say something else of
///     the pool than many of the same length
/// @param ends how many of them were seen to end
record SeenSpells(List<Duration> lengths, int ends) {
    static final SeenSpells NONE = new SeenSpells(List.of(), 0);

    SeenSpells {
        lengths = List.copyOf(lengths);
    }

    Duration time() {
        return lengths.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /// Of the same spells, from another source, which knows a part of the same past: the one that saw more.
    SeenSpells or(SeenSpells other) {
        return time().compareTo(other.time()) >= 0 ? this : other;
    }
}
