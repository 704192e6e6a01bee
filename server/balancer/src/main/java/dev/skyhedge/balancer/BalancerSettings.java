package dev.skyhedge.balancer;

import dev.skyhedge.balancer.continuation.Continuation;
import dev.skyhedge.balancer.keys.Keys;
import java.time.Duration;
import java.util.Optional;

/// Everything about a balancer that is not routing. Start from [#defaults()].
///
/// @param listen where clients connect
/// @param limits sizes that are refused beyond
/// @param timeouts how long anything may take
/// @param hold the queue of requests that wait for a replica
/// @param retry when an attempt is repeated on another replica
/// @param clients what all clients together may take, and how patient the balancer is with each
/// @param sessions what names the session of a request; asked by the policies that keep sessions together
/// @param keys which keys clients bring, if any are asked for
/// @param continuation whether streamed completions go on from another replica when theirs is lost
public record BalancerSettings(
        Listen listen,
        Limits limits,
        Timeouts timeouts,
        Hold hold,
        Retry retry,
        Clients clients,
        Sessions sessions,
        Keys keys,
        Continuation continuation) {
    private static final Duration IDLE_MARGIN = Duration.ofSeconds(10);

    /// @param host address to bind; loopback unless told otherwise
    /// @param port TCP port; 0 takes a free one
    public record Listen(String host, int port) {
        public Listen {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
            }
        }
    }

    /// @param headerBytes of request line and headers; beyond it 431
    /// @param bodyBytes of a request body; beyond it 413
    /// @param replayBodyBytes of a request body that are kept for a retry
    /// @param wholeResponseBytes responses up to this Content-Length reach the client only when they are
    ///     complete, so that a replica that dies in the middle costs a retry and not a broken answer; 0 turns
    ///     it off
    /// @param idleConnections kept open to one replica
    /// @param inFlightPerReplica requests that a replica is given at once; what comes when all have so many waits.
    ///     Requests that are placed in the very same moment may go beyond it by one
    public record Limits(
            int headerBytes,
            long bodyBytes,
            int replayBodyBytes,
            int wholeResponseBytes,
            int idleConnections,
            int inFlightPerReplica) {
        public static final int HEADER_BYTES = 8 * 1024;
        public static final long BODY_BYTES = 32L * 1024 * 1024;
        public static final int REPLAY_BODY_BYTES = 1024 * 1024;
        public static final int WHOLE_RESPONSE_BYTES = 64 * 1024;
        public static final int IDLE_CONNECTIONS = 256;
        /// No limit.
        public static final int IN_FLIGHT_PER_REPLICA = Integer.MAX_VALUE;

        /// Replicas take as many as they are given.
        public Limits(
                int headerBytes, long bodyBytes, int replayBodyBytes, int wholeResponseBytes, int idleConnections) {
            this(headerBytes, bodyBytes, replayBodyBytes, wholeResponseBytes, idleConnections, IN_FLIGHT_PER_REPLICA);
        }
    }

    /// @param connect to a replica
    /// @param header from the connection or the first byte of a request to the end of its header
    /// @param keepAlive of an idle client connection
    /// @param firstByte how long a replica that has the request may be silent before its answer begins; then it is
    ///     a 504
    /// @param streamIdle how long a replica may be silent in the middle of its answer while it is its turn
    /// @param total of a request, from its header to the last byte of its answer; an answer that has not begun by
    ///     then is a 504, one that has is cut
    /// @param drain longest wait for running requests when the balancer stops
    /// @param removalGrace how long a request may still run on a replica that the routing table names no more;
    ///     the replica may be finishing it, or be gone without a word
    /// @param unavailable how long a request is repeated when no replica does better than to cut it or to answer
    ///     502, 503 or 504: they may be shutting down with the next routing table on its way; after it their
    ///     answer is passed on
    public record Timeouts(
            Duration connect,
            Duration header,
            Duration keepAlive,
            Duration firstByte,
            Duration streamIdle,
            Duration total,
            Duration drain,
            Duration removalGrace,
            Duration unavailable) {
        public static final Duration CONNECT = Duration.ofSeconds(1);
        public static final Duration HEADER = Duration.ofSeconds(10);
        public static final Duration KEEP_ALIVE = Duration.ofSeconds(75);
        public static final Duration FIRST_BYTE = Duration.ofMinutes(5);
        public static final Duration STREAM_IDLE = Duration.ofMinutes(5);
        /// No limit: what is worked on may take its time.
        public static final Duration TOTAL = Duration.ofDays(10_000);
        public static final Duration DRAIN = Duration.ofMinutes(10);
        public static final Duration REMOVAL_GRACE = Duration.ofSeconds(2);
        public static final Duration UNAVAILABLE = Duration.ofSeconds(10);

        /// One patience for the beginning of an answer and its middle, and none for the whole.
        public Timeouts(
                Duration connect,
                Duration header,
                Duration keepAlive,
                Duration streamIdle,
                Duration drain,
                Duration removalGrace,
                Duration unavailable) {
            this(connect, header, keepAlive, streamIdle, streamIdle, TOTAL, drain, removalGrace, unavailable);
        }
    }

    /// @param requests held at most
    /// @param bodyBytes of held requests that were read already, in total
    /// @param timeout how long a request may be held because no replica serves, over all times that it is; then
    ///     it is answered 503. The OpenAI clients wait this long by default
    /// @param saturated how long one may be held because all replicas that serve have as many requests as they
    ///     are given, over all times that it is; then it is answered 429
    /// @param releasePerReplica requests in flight that a replica is filled up to from the queue when it gets
    ///     ready
    /// @param retryAfter longest `Retry-After` of a refusal when nothing is known of when a replica takes requests
    public record Hold(
            int requests,
            long bodyBytes,
            Duration timeout,
            Duration saturated,
            int releasePerReplica,
            Duration retryAfter) {
        public static final int REQUESTS = 1_000;
        public static final long BODY_BYTES = 64L * 1024 * 1024;
        public static final Duration TIMEOUT = Duration.ofMinutes(10);
        public static final Duration SATURATED = Duration.ofSeconds(30);
        public static final int RELEASE_PER_REPLICA = 32;
        public static final Duration RETRY_AFTER = Duration.ofSeconds(30);

        /// With the usual patience for replicas that are full.
        public Hold(int requests, long bodyBytes, Duration timeout, int releasePerReplica, Duration retryAfter) {
            this(requests, bodyBytes, timeout, SATURATED, releasePerReplica, retryAfter);
        }
    }

    /// @param attempts times that a request may be sent and cut, by whichever replicas, before it fails; also how
    ///     many times it may be sent, the first one included, until a refusal (429, 502, 503, 504) no longer sends
    ///     it elsewhere at once. Failed connects do not count. One that was refused may go to the same replica
    ///     again after a wait, and so be sent more often: for as long as [Timeouts#unavailable()] allows
    /// @param budgetCap retries that may happen at once
    /// @param budgetPerRequest earned by every arriving request
    /// @param idempotent whether requests of any method may be repeated after a replica was cut before it
    ///     answered; inference has no side effects, so by default they may
    public record Retry(int attempts, double budgetCap, double budgetPerRequest, boolean idempotent) {
        public static final int ATTEMPTS = 3;
        public static final double BUDGET_CAP = 10;
        public static final double BUDGET_PER_REQUEST = 0.2;
    }

    /// @param requests in progress at most, held ones included; beyond it 503
    /// @param keptBytes that all requests together may keep: bodies for a retry, and short answers until they are
    ///     complete. Beyond it requests are served, but not repeated
    /// @param timeout how long a client may take nothing of an answer, or send nearly nothing of a body that it
    ///     owes; then it is cut, or answered 408
    /// @param selfCheck between two questions of the balancer to its own port, and the patience for each answer
    public record Clients(int requests, long keptBytes, Duration timeout, Duration selfCheck) {
        public static final int REQUESTS = 4_000;
        public static final long KEPT_BYTES = 64L * 1024 * 1024;
        public static final Duration TIMEOUT = Duration.ofMinutes(1);
        public static final Duration SELF_CHECK = Duration.ofSeconds(5);
    }

    /// @param header of a request
    /// @param cookie that is asked if there is no such header; empty for none
    public record Sessions(String header, Optional<String> cookie) {
        public static final String HEADER = "X-Session-Id";
    }

    /// The settings for a service endpoint on loopback, on a free port.
    public static BalancerSettings defaults() {
        return new BalancerSettings(
                new Listen("127.0.0.1", 0),
                new Limits(
                        Limits.HEADER_BYTES,
                        Limits.BODY_BYTES,
                        Limits.REPLAY_BODY_BYTES,
                        Limits.WHOLE_RESPONSE_BYTES,
                        Limits.IDLE_CONNECTIONS),
                new Timeouts(
                        Timeouts.CONNECT,
                        Timeouts.HEADER,
                        Timeouts.KEEP_ALIVE,
                        Timeouts.STREAM_IDLE,
                        Timeouts.DRAIN,
                        Timeouts.REMOVAL_GRACE,
                        Timeouts.UNAVAILABLE),
                new Hold(Hold.REQUESTS, Hold.BODY_BYTES, Hold.TIMEOUT, Hold.RELEASE_PER_REPLICA, Hold.RETRY_AFTER),
                new Retry(Retry.ATTEMPTS, Retry.BUDGET_CAP, Retry.BUDGET_PER_REQUEST, true),
                new Clients(Clients.REQUESTS, Clients.KEPT_BYTES, Clients.TIMEOUT, Clients.SELF_CHECK),
                new Sessions(Sessions.HEADER, Optional.empty()),
                Keys.NOT_ASKED,
                Continuation.OFF);
    }

    /// When Jetty closes a connection by itself that is silent while a request runs: the net below our own look,
    /// which knows whose turn it is and acts first.
    Duration idleLimit() {
        Duration first = timeouts.firstByte();
        Duration longer = first.compareTo(timeouts.streamIdle()) > 0 ? first : timeouts.streamIdle();
        return longer.plus(clients.timeout()).plus(IDLE_MARGIN);
    }

    /// The same, listening elsewhere.
    public BalancerSettings listeningOn(String host, int port) {
        return new BalancerSettings(
                new Listen(host, port), limits, timeouts, hold, retry, clients, sessions, keys, continuation);
    }

    public BalancerSettings with(Limits newLimits) {
        return new BalancerSettings(listen, newLimits, timeouts, hold, retry, clients, sessions, keys, continuation);
    }

    public BalancerSettings with(Timeouts newTimeouts) {
        return new BalancerSettings(listen, limits, newTimeouts, hold, retry, clients, sessions, keys, continuation);
    }

    public BalancerSettings with(Hold newHold) {
        return new BalancerSettings(listen, limits, timeouts, newHold, retry, clients, sessions, keys, continuation);
    }

    public BalancerSettings with(Retry newRetry) {
        return new BalancerSettings(listen, limits, timeouts, hold, newRetry, clients, sessions, keys, continuation);
    }

    public BalancerSettings with(Clients newClients) {
        return new BalancerSettings(listen, limits, timeouts, hold, retry, newClients, sessions, keys, continuation);
    }

    public BalancerSettings with(Sessions newSessions) {
        return new BalancerSettings(listen, limits, timeouts, hold, retry, clients, newSessions, keys, continuation);
    }

    public BalancerSettings with(Keys newKeys) {
        return new BalancerSettings(listen, limits, timeouts, hold, retry, clients, sessions, newKeys, continuation);
    }

    public BalancerSettings with(Continuation newContinuation) {
        return new BalancerSettings(listen, limits, timeouts, hold, retry, clients, sessions, keys, newContinuation);
    }
}
