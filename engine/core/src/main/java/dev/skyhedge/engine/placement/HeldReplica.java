package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Offer;
import java.time.Instant;

/// A replica that serves or is on its way to, as far as placement cares.
///
/// @param offer what it is rented as
/// @param phase how far it has come
/// @param requestedAt when its launch was decided
public record HeldReplica(Offer offer, Phase phase, Instant requestedAt) {
    /// How far a replica has come.
    public enum Phase {
        /// The provider has not answered yet.
        ASKED,
        /// The provider has accepted it, or it is failing probes.
        STARTING,
        /// It serves.
        READY
    }
}
