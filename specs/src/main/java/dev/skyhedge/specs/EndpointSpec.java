package dev.skyhedge.specs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where requests for a service arrive.
///
/// @param host address to listen on; default `127.0.0.1`
/// @param port port to listen on, 1 to 65535
/// @param policy how a replica is picked
/// @param holdLimit requests that may wait while no replica is ready; default 1000
/// @param holdTimeout how long one may wait, over all times that it must; default 10 min
/// @param limits what its clients may take
/// @param times how long anything may take
/// @param session what names the session of a request, for the policies that keep sessions together
/// @param keys of which each request brings one; empty: it takes requests of everybody
/// @param continuation whether streamed completions go on from another replica when theirs is lost;
///     default not
/// @param tls what it shows its clients; empty: they come in the open
public record EndpointSpec(
        String host,
        int port,
        Policy policy,
        int holdLimit,
        Duration holdTimeout,
        Limits limits,
        Times times,
        Session session,
        List<ClientKey> keys,
        Continuation continuation,
        Optional<Tls> tls) {
    public EndpointSpec {
        keys = List.copyOf(keys);
    }

    /// Open to everybody, without TLS; streams do not go on.
    public EndpointSpec(
            String host,
            int port,
            Policy policy,
            int holdLimit,
            Duration holdTimeout,
            Limits limits,
            Times times,
            Session session) {
        this(
                host,
                port,
                policy,
                holdLimit,
                holdTimeout,
                limits,
                times,
                session,
                List.of(),
                Continuation.OFF,
                Optional.empty());
    }

    /// The same, with what usually names a session.
    public EndpointSpec(
            String host, int port, Policy policy, int holdLimit, Duration holdTimeout, Limits limits, Times times) {
        this(host, port, policy, holdLimit, holdTimeout, limits, times, Session.DEFAULT);
    }

    /// With the usual times.
    public EndpointSpec(String host, int port, Policy policy, int holdLimit, Duration holdTimeout, Limits limits) {
        this(host, port, policy, holdLimit, holdTimeout, limits, Times.DEFAULT);
    }

    /// With the usual limits and times.
    public EndpointSpec(String host, int port, Policy policy, int holdLimit, Duration holdTimeout) {
        this(host, port, policy, holdLimit, holdTimeout, Limits.DEFAULT);
    }

    /// @param responseTimeout how long a replica may be silent while it is its turn; default 5 min.
    ///     Before its answer begins [Times#firstByte()] may say otherwise
    /// @param clientTimeout how long a client may take nothing of its answer or send nearly nothing
    ///     of its body; default 1 min
    /// @param maxConcurrentRequests in progress at most, held ones included; default 4,000
    /// @param maxBodyMb of one request's body, in MiB; default 32
    /// @param replayBudgetMb of bodies that are kept for another replica, over all requests, in
    ///     MiB; default 64
    /// @param maxInFlightPerReplica requests that a replica is given at once; empty for no limit
    public record Limits(
            Duration responseTimeout,
            Duration clientTimeout,
            int maxConcurrentRequests,
            int maxBodyMb,
            int replayBudgetMb,
            OptionalInt maxInFlightPerReplica) {
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(1), 4_000, 32, 64);

        /// Replicas take as many as they are given.
        public Limits(
                Duration responseTimeout,
                Duration clientTimeout,
                int maxConcurrentRequests,
                int maxBodyMb,
                int replayBudgetMb) {
            this(responseTimeout, clientTimeout, maxConcurrentRequests, maxBodyMb, replayBudgetMb, OptionalInt.empty());
        }
    }

    /// @param connect to a replica; default 1 s
    /// @param firstByte how long a replica may take until its answer begins; empty: as long as it
    ///     may be silent
    /// @param total of a request, from its arrival to the last byte of its answer; empty for no
    ///     limit
    /// @param queue how long a request may wait because all replicas are full; default 30 s
    /// @param header how long a client may take for a header; default 10 s
    /// @param keepAlive how long a client's connection may be idle; default 75 s
    /// @param drain how long what runs may take when the address is given up; default 10 min
    public record Times(
            Duration connect,
            Optional<Duration> firstByte,
            Optional<Duration> total,
            Duration queue,
            Duration header,
            Duration keepAlive,
            Duration drain) {
        public static final Times DEFAULT = new Times(
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofMinutes(10));
    }

    /// How a replica is picked for a request.
    public enum Policy {
        LEAST_LOAD,
        ROUND_ROBIN,
        POWER_OF_TWO,
        SESSION,
        STRICT_SESSION,
        PREFIX_AFFINITY,
        TOKEN_WEIGHTED,
        MELANGE;

        /// Whether it goes by the sizes of an allocation `mixed`.
        public boolean goesBySize() {
            return this == TOKEN_WEIGHTED || this == MELANGE;
        }

        /// Whether it keeps the requests of a session together.
        public boolean keepsSessions() {
            return this == SESSION || this == STRICT_SESSION;
        }
    }

    /// How well streams must go on from another replica for it to be done at all, from not at all
    /// to best.
    public enum Continuation {
        OFF,
        TEXT,
        RESAMPLE,
        EXACT
    }

    /// @param header of a request; default `X-Session-Id`
    /// @param cookie that is asked where there is no such header; empty for none
    public record Session(String header, Optional<String> cookie) {
        public static final Session DEFAULT = new Session("X-Session-Id", Optional.empty());
    }

    /// What an endpoint shows its clients, and what it asks of them. Files are read where it is
    /// served; none of what is in them is in a spec.
    ///
    /// @param certificate path of a file in PEM: the endpoint's certificate first, then those that
    ///     signed it
    /// @param key where its private key is read, in PEM
    /// @param clientCa path of a file in PEM with those who sign certificates of clients; empty:
    ///     clients need none
    public record Tls(String certificate, EnvValue.SecretReference key, Optional<String> clientCa) {}

    /// Where a client on this machine reaches it.
    public String url() {
        return url(host, port, tls.isPresent());
    }

    /// As [#url()].
    public static String url(String host, int port, boolean tls) {
        String reached = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]", "0:0:0:0:0:0:0:0" -> "::1";
            default -> host;
        };
        boolean bare = reached.indexOf(':') >= 0 && !reached.startsWith("[");
        return (tls ? "https://" : "http://") + (bare ? "[" + reached + "]" : reached) + ":" + port;
    }
}
