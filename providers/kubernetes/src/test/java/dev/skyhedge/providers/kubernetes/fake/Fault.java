package dev.skyhedge.providers.kubernetes.fake;

import java.time.Duration;

/// Something that goes wrong with one call.
public sealed interface Fault {
    /// Nothing goes wrong; for the calls before one that fails.
    record None() implements Fault {}

    /// The call is refused before it has an effect.
    record Refused(int status, String reason, String message) implements Fault {}

    /// The call is refused by priority and fairness: plain text, and a header that says when to come again.
    record Throttled(Duration retryAfter) implements Fault {}

    /// The call has its effect, then the connection breaks.
    record ReplyLost() implements Fault {}

    /// The connection breaks before the call has an effect.
    record CallLost() implements Fault {}

    /// The call has its effect, then something between us answers with a page for people.
    record PageAfterEffect(int status) implements Fault {}
}
