package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.specs.EndpointSpec;
import java.time.Duration;

/// What is asked of a service, and how its replicas and its balancer behave. The `DEFAULT…` values are those of
/// the production balancer.
///
/// @param workload the requests
/// @param serviceTime how long each takes
/// @param slots requests that a replica works on at once, at least 1
/// @param timeout after which a client gives up
/// @param roundTrips between clients and replicas
/// @param endpoint the policy, and how many requests are held for how long
/// @param choice makes the policy
/// @param beginsAfter when the first request comes
public record TrafficSettings(
        Workload workload,
        ServiceTime serviceTime,
        int slots,
        Duration timeout,
        RoundTrips roundTrips,
        EndpointSpec endpoint,
        ReplicaChoice.Maker choice,
        Duration beginsAfter) {
    /// As in the evaluation of SkyServe (EuroSys'25).
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(100);
    /// Until a connection to a machine that is gone is given up.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    /// Times that a request is sent again after its replica was lost.
    static final int MAX_RETRIES = 1;
    /// Held requests that a new replica is given at once.
    static final int RELEASE_PER_REPLICA = 32;

    public TrafficSettings {
        if (slots < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("Slots " + slots + ", timeout " + timeout);
        }
    }
}
