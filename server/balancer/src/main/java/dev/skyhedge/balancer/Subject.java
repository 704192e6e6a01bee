package dev.skyhedge.balancer;

import dev.skyhedge.balancer.prompt.Prompt;
import java.util.Optional;

/// What policies may know of a request. Immutable.
///
/// @param session a hash of what names its session, or [Chooser#NO_SESSION]
/// @param prompt what it asks; empty where no policy reads prompts, and for what none could be read out of
record Subject(long session, Optional<Prompt> prompt) {
    /// Of which no prompt is known.
    static Subject of(long session) {
        return new Subject(session, Optional.empty());
    }

    /// The same, and what it asks.
    Subject asking(Optional<Prompt> read) {
        return new Subject(session, read);
    }
}
