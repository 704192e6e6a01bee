package dev.skyhedge.specs;

import java.time.Duration;

/// Where requests for a service arrive.
///
/// @param host address to listen on; default `127.0.0.1`
/// @param port port to listen on, 1 to 65535
/// @param policy how a replica is picked
/// @param holdLimit requests that may wait while no replica is ready; default 1000
/// @param holdTimeout how long one may wait; default 10 min
public record EndpointSpec(String host, int port, Policy policy, int holdLimit, Duration holdTimeout) {
    /// How a replica is picked for a request.
    public enum Policy {
        LEAST_LOAD,
        ROUND_ROBIN
    }

    /// Where a client on this machine reaches it.
    public String url() {
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
    }
}
