package dev.skyhedge.balancer;

import dev.skyhedge.balancer.prompt.Prompt;
import java.util.Optional;

/// What policies may know of a request. Immutable.
///
/// @param session a hash of what names its session, or [Chooser#NO_SESSION]
/// @param prompt what it asks; empty where no policy reads prompts, and for what none could be read out of
/// @param size about how long it is; empty where no table tells sizes apart, and for what no model reads
record Subject(long session, Optional<Prompt> prompt, Optional<SizeMeter.Estimate> size) {
    /// Of which no prompt is known.
    static Subject of(long session) {
        return new Subject(session, Optional.empty(), Optional.empty());
    }

    /// The same, and what it asks.
    Subject asking(Optional<Prompt> read) {
        return new Subject(session, read, size);
    }

    /// The same, and how long it is.
    Subject sized(Optional<SizeMeter.Estimate> estimate) {
        return new Subject(session, prompt, estimate);
    }
}
