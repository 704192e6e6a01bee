package dev.skyhedge.specs;

import java.time.Duration;

/// Where requests for a service arrive.
///
/// @param host address to listen on; default `127.0.0.1`
/// @param port port to listen on, 1 to 65535
/// @param policy how a replica is picked
/// @param holdLimit requests that may wait while no replica is ready; default 1000
/// @param holdTimeout how long one may wait, over all times that it must; default 10 min
/// @param limits what its clients may take
public record EndpointSpec(String host, int port, Policy policy, int holdLimit, Duration holdTimeout, Limits limits) {
    /// With the usual limits.
    public EndpointSpec(String host, int port, Policy policy, int holdLimit, Duration holdTimeout) {
        this(host, port, policy, holdLimit, holdTimeout, Limits.DEFAULT);
    }

    /// @param responseTimeout how long a replica may be silent while it is its turn; default 5 min
    /// @param clientTimeout how long a client may take nothing of its answer or send nearly nothing of its body;
    ///     default 1 min
    /// @param maxConcurrentRequests in progress at most, held ones included; default 4,000
    /// @param maxBodyMb of one request's body, in MiB; default 32
    /// @param replayBudgetMb of bodies that are kept for another replica, over all requests, in MiB; default 64
    public record Limits(
            Duration responseTimeout,
            Duration clientTimeout,
            int maxConcurrentRequests,
            int maxBodyMb,
            int replayBudgetMb) {
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(1), 4_000, 32, 64);
    }

    /// How a replica is picked for a request.
    public enum Policy {
        LEAST_LOAD,
        ROUND_ROBIN
    }

    /// Where a client on this machine reaches it.
    public String url() {
        return url(host, port);
    }

    /// As [#url()].
    public static String url(String host, int port) {
        String reached = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]", "0:0:0:0:0:0:0:0" -> "::1";
            default -> host;
        };
        boolean bare = reached.indexOf(':') >= 0 && !reached.startsWith("[");
        return "http://" + (bare ? "[" + reached + "]" : reached) + ":" + port;
    }
}
