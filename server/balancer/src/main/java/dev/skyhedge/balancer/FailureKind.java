package dev.skyhedge.balancer;

/// Why an attempt at a replica failed.
public enum FailureKind {
    /// Refused, unreachable or not resolvable: nothing was sent.
    CONNECT_REFUSED,
    /// No connection within the connect timeout: nothing was sent.
    CONNECT_TIMEOUT,
    /// Closed or reset before the answer was whole.
    RESET,
    /// The routing table took the replica away, or its drain time was over: we cut it.
    LOST,
    /// The replica was silent for longer than the stream idle timeout while it was its turn.
    TIMEOUT,
    /// It answered 502, 503 or 504.
    BAD_STATUS,
    /// It answered something that is not HTTP.
    BAD_RESPONSE;

    /// True if nothing was sent, so that a retry is always safe.
    boolean isConnect() {
        return this == CONNECT_REFUSED || this == CONNECT_TIMEOUT;
    }
}
