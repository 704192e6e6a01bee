package dev.skyhedge.state.records;

import dev.skyhedge.spi.LocationPattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a person tells whoever controls the state to do, beyond the spec. It names what it is about so exactly that
/// carrying it out twice is the same as once: a replica with its generation, a service, a place.
public sealed interface Order {
    /// End one generation of a replica. Whether another one follows is for the plan to say, as ever.
    record EndReplica(String replica, int generation, How how) implements Order {
        /// The name with the generation, such as `chat-1#3`.
        public String subject() {
            return replica + "#" + generation;
        }
    }

    /// How a replica ends.
    enum How {
        /// After its requests; once it has ended it is started again under its name.
        RESTART,
        /// Once another one serves in its place.
        REPLACE,
        /// After its requests; if one is missing then, another one comes at once.
        DRAIN
    }

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

    /// Put the spec in force whose files have this digest: those that whoever controls the state follows already.
    ///
    /// @param services digest of the services that they come to for whoever orders
    /// @param source where they were read, for people
    /// @param removing names of services that may go with it
    record ApplySpec(String digest, String services, String source, List<String> removing) implements Order {
        public ApplySpec {
            removing = List.copyOf(removing);
        }
    }

    /// End everything and forget all services; a process that watches ends with them.
    record Destroy() implements Order {}
}
