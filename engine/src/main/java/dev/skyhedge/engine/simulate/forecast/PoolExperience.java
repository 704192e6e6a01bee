package dev.skyhedge.engine.simulate.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What has been seen of a spot pool, which is an accelerator in a zone.
///
/// @param held time for which something of ours was there
/// @param losses times that it took something back; what goes together counts once
/// @param shut time for which it was seen to have no room, from a loss or a refusal on
/// @param returns times that it was seen to have room again
/// @param last what it was seen to be last; empty if it was never seen
record PoolExperience(Duration held, int losses, Duration shut, int returns, Optional<Glimpse> last) {
    static final PoolExperience NONE = new PoolExperience(Duration.ZERO, 0, Duration.ZERO, 0, Optional.empty());

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
                held.compareTo(other.held) >= 0 ? held : other.held,
                Math.max(losses, other.losses),
                shut.compareTo(other.shut) >= 0 ? shut : other.shut,
                Math.max(returns, other.returns),
                last.map(seen -> other.last.map(seen::or).orElse(seen)).or(other::last));
    }

    boolean isSeen() {
        return held.isPositive() || losses > 0 || shut.isPositive() || last.isPresent();
    }
}
