package dev.skyhedge.state;

import dev.skyhedge.spi.LocationPattern;
import java.time.Instant;
import java.util.Optional;

/// What a person tells whoever controls the state to do, beyond the spec. It names what it is about so exactly that
/// carrying it out twice is the same as once: a replica with its generation, a service, a place.
public sealed interface Order {
    /// End a replica after its requests, and start it again under its name once it has ended.
    record RestartReplica(String replica, int generation) implements Order {}

    /// Launch another replica, and end this one once the other serves.
    record ReplaceReplica(String replica, int generation) implements Order {}

    /// Give a replica no new requests, and end it after those that it has.
    record DrainReplica(String replica, int generation) implements Order {}

    /// Want no replica of a service, whatever its spec says, until it is resumed.
    record PauseService(String service) implements Order {}

    /// End the pause of a service.
    record ResumeService(String service) implements Order {}

    /// Launch nothing there.
    ///
    /// @param until when it ends by itself; empty if only [AllowZone] ends it
    record AvoidZone(LocationPattern location, Optional<Instant> until) implements Order {}

    /// End [AvoidZone].
    record AllowZone(LocationPattern location) implements Order {}
}
