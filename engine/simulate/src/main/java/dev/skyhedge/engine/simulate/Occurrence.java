package dev.skyhedge.engine.simulate;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;

/// Something that happened to one replica in a run.
///
/// @param tick when
/// @param kind what
/// @param replica name of the replica
/// @param generation its generation
/// @param market how it is rented
/// @param location where
/// @param role what it is for, a word for people
/// @param reason why: the planner's for what it decided, the market's for what it took or refused
public record Occurrence(
        int tick,
        Kind kind,
        String replica,
        int generation,
        Market market,
        Location location,
        String role,
        String reason) {
    /// What can happen.
    public enum Kind {
        /// Asked for and got.
        LAUNCHED,
        /// Asked for and not got.
        REFUSED,
        /// Taken back by the market.
        PREEMPTED,
        /// Given back by us.
        ENDED;

        /// As reports write it.
        public String word() {
            return switch (this) {
                case LAUNCHED -> "launched";
                case REFUSED -> "refused";
                case PREEMPTED -> "preempted";
                case ENDED -> "ended";
            };
        }
    }
}
