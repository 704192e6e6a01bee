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
    /// The replica was silent for longer than it may while it was its turn.
    TIMEOUT,
    /// It answered with a status of 500 or above.
    BAD_STATUS,
    /// It answered something that is not HTTP.
    BAD_RESPONSE;

    /// True if nothing was sent, so that a retry is always safe.
    boolean isConnect() {
        return this == CONNECT_REFUSED || this == CONNECT_TIMEOUT;
    }

    /// True if the replica had the request and did not serve it, so that either of them is to blame.
    boolean isOfAnswer() {
        return switch (this) {
            case RESET, TIMEOUT, BAD_STATUS, BAD_RESPONSE -> true;
            case CONNECT_REFUSED, CONNECT_TIMEOUT, LOST -> false;
        };
    }
}
