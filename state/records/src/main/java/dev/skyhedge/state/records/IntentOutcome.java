package dev.skyhedge.state.records;

import java.time.Instant;
import java.util.Optional;

/// How an intent ended.
///
/// @param kind what became of the call
/// @param instanceId the instance concerned, if any
/// @param detail for people; the failure's kind and message if it failed
/// @param at when
public record IntentOutcome(Kind kind, Optional<String> instanceId, String detail, Instant at) {
    /// The ends of an intent.
    public enum Kind {
        DONE,
        FAILED,
        /// The call was found never to have taken effect and is not wanted any more.
        ABANDONED
    }
}
