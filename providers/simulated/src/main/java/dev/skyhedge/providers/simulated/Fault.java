package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Failure;
import java.time.Duration;

/// What goes wrong with a call.
public sealed interface Fault {
    /// The call is refused and has no effect.
    record Refused(Failure failure) implements Fault {}

    /// The call never arrives: no effect, and the caller cannot know.
    record CallLost() implements Fault {}

    /// The call takes effect but its answer never arrives.
    record AnswerLost() implements Fault {}

    /// The caller hears nothing, and a launch takes effect only this much later. Other calls are just lost.
    record Late(Duration delay) implements Fault {}
}
