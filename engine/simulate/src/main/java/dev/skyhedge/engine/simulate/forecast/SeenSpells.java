package dev.skyhedge.engine.simulate.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Spells of one kind that a spot pool was seen in: with room for something of ours, or without any.
///
/// @param spells one by one, because a few long ones say something else of the pool than many of the same length
record SeenSpells(List<Spell> spells) {
    static final SeenSpells NONE = new SeenSpells(List.of());

    SeenSpells {
        spells = List.copyOf(spells);
    }

    /// One of them, as far as it was seen.
    sealed interface Spell {
        /// It lasted at least as long as this.
        Duration atLeast();

        /// Whether it was seen to end.
        boolean isOver();
    }

    /// One that was seen all along.
    ///
    /// @param atLeast its length, if it is over
    record Watched(Duration atLeast, boolean isOver) implements Spell {}

    /// One that was looked at now and then: it was so each time, and between them nobody knows.
    ///
    /// @param looks times since it began, in order and not empty; the first is zero
    /// @param overBy when it was over; empty if nobody looked again
    record Looked(List<Duration> looks, Optional<Duration> overBy) implements Spell {
        Looked {
            looks = List.copyOf(looks);
        }

        @Override
        public Duration atLeast() {
            return looks.getLast();
        }

        @Override
        public boolean isOver() {
            return overBy.isPresent();
        }
    }

    /// For which it was seen to be so.
    Duration time() {
        return spells.stream().map(Spell::atLeast).reduce(Duration.ZERO, Duration::plus);
    }

    /// How many were seen to end.
    int ends() {
        return (int) spells.stream().filter(Spell::isOver).count();
    }

    /// Of the same spells, from another source, which knows a part of the same past: the one that saw more.
    SeenSpells or(SeenSpells other) {
        return time().compareTo(other.time()) >= 0 ? this : other;
    }
}
