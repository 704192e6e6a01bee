package dev.skyhedge.engine.decision;

import dev.skyhedge.spi.Offer;

/// Something that a service could have been given when a decision was made.
///
/// @param offer what it was and cost then
/// @param standing what was made of it
/// @param why for people, in a few words
public record Alternative(Offer offer, Standing standing, String why) {
    /// What a decision made of an offer.
    public enum Standing {
        /// It was launched.
        CHOSEN,
        /// It could have been launched; the policy had others before it.
        OPEN,
        /// It must not be asked for then, whatever the policy.
        CLOSED,
        /// The spec does not permit it.
        RULED_OUT
    }
}
