package dev.skyhedge.engine.simulate.forecast;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What has been seen of a spot pool, which is an accelerator in a zone.
///
/// @param room spells with something of ours there, each until it took something back; what goes together counts
///     once
/// @param shut spells in which it was seen to have no room, from a loss or a refusal on until it had room again
/// @param last what it was seen to be last; empty if it was never seen
record PoolExperience(SeenSpells room, SeenSpells shut, Optional<Glimpse> last) {
    static final PoolExperience NONE = new PoolExperience(SeenSpells.NONE, SeenSpells.NONE, Optional.empty());

    /// Having room, or not, at one time.
    ///
    /// @param since how long it is known to have been so then
    record Glimpse(boolean hasRoom, Instant since, Instant at) {
        /// Of two, the later one; of the same time, the one that goes back further.
        Glimpse or(Glimpse other) {
            return Comparator.comparing(Glimpse::at)
                                    .thenComparing(
                                            Comparator.comparing(Glimpse::since).reversed())
                                    .compare(this, other)
                            >= 0
                    ? this
                    : other;
        }
    }

    /// Of the same pool, from another source: each knows a part of the same past.
    PoolExperience or(PoolExperience other) {
        return new PoolExperience(
                room.or(other.room),
                shut.or(other.shut),
                last.map(seen -> other.last.map(seen::or).orElse(seen)).or(other::last));
    }

    /// The same of a pool that holds something of ours now.
    PoolExperience holding(Instant now) {
        Instant since = last.filter(Glimpse::hasRoom)
                .map(Glimpse::since)
                .filter(now::isAfter)
                .orElse(now);
        return new PoolExperience(room, shut, Optional.of(new Glimpse(true, since, now)));
    }

    boolean isSeen() {
        return !room.spells().isEmpty() || !shut.spells().isEmpty() || last.isPresent();
    }
}
