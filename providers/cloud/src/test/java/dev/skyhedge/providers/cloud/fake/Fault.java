package dev.skyhedge.providers.cloud.fake;

import java.time.Duration;

/// Something that goes wrong with one call.
public sealed interface Fault {
    /// Nothing goes wrong; for the calls before one that fails.
    record None() implements Fault {}

    /// The call is refused before it has an effect.
    record Refused(int status, String code, String message) implements Fault {}

    /// The call is refused with a time after which to come again.
    record RefusedFor(int status, String code, String message, Duration retryAfter) implements Fault {}

    /// The call has its effect, then the connection breaks.
    record ReplyLost() implements Fault {}

    /// The connection breaks before the call has an effect.
    record CallLost() implements Fault {}

    /// The call has its effect, then something between us answers with a page for people.
    record PageAfterEffect(int status) implements Fault {}

    /// Something between us answers with a page for people; no effect.
    record Page(int status) implements Fault {}

    /// This answer instead of the call, which has no effect.
    record Canned(int status, String body) implements Fault {}

    /// The call is accepted and its operation fails.
    ///
    /// @param status HTTP status that the operation tells, where the cloud's operations do
    record OperationFails(String code, String message, int status) implements Fault {
        public OperationFails(String code, String message) {
            this(code, message, 200);
        }
    }
}
