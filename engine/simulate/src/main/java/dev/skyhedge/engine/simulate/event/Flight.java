package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.workload.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request on its way. Owned by [RequestTraffic].
final class Flight {
    final Request request;
    final RoundTrips.Continent client;
    final double exponential;
    final List<ServingReplica> tried = new ArrayList<>(0);

    @Nullable
    ServingReplica on;

    Phase phase = Phase.ARRIVING;
    /// Times that it was lost after it had been sent.
    int losses;
    /// Grows with every start, so that what was due for an earlier one is void.
    int attempt;

    long heldSinceNanos;

    enum Phase {
        ARRIVING,
        HELD,
        /// Sent to a machine that is gone; nobody knows yet.
        CONNECTING,
        QUEUED,
        IN_SERVICE,
        ENDED
    }

    Flight(Request request, RoundTrips.Continent client, double exponential) {
        this.request = request;
        this.client = client;
        this.exponential = exponential;
    }
}
