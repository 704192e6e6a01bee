package dev.skyhedge.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the balancer tells at once. Delivered in order on a thread of the balancer's own, never on the request
/// path.
public sealed interface Signal {

    /// Name of the service that this is about.
    String service();

    /// A request arrived and no replica can take it; it is being held. Sent when the first one is held.
    ///
    /// @param held requests held at that moment
    record Wake(String service, int held) implements Signal {}

    /// A replica cannot be reached: it takes no requests until a trial succeeds.
    ///
    /// @param kind what was seen last
    /// @param count ejections in a row, from 1
    record ReplicaUnreachable(String service, String replica, long generation, FailureKind kind, int count)
            implements Signal {}

    /// A replica was ejected because it fails requests that its peers serve.
    ///
    /// @param errorShare of its latest answers, from 0 to 1
    /// @param peersShare the same of its peers together
    /// @param pause how long it takes no requests
    record ReplicaEjected(
            String service, String replica, long generation, double errorShare, double peersShare, Duration pause)
            implements Signal {}

    /// An ejected replica answered again, or may show that it can.
    record ReplicaRecovered(String service, String replica, long generation) implements Signal {}

    /// A draining replica has no request left and may be stopped.
    record Drained(String service, String replica, long generation) implements Signal {}

    /// The routing table does not name a replica any more, and its last request has ended.
    ///
    /// @param lastRequestAt when the last attempt on it began; empty if it never had one
    record Departed(String service, String replica, long generation, Optional<Instant> lastRequestAt)
            implements Signal {}

    /// The queue of held requests is full; requests are being refused. Sent once until there is room again.
    ///
    /// @param held requests held at that moment
    record Saturated(String service, int held) implements Signal {}
}
