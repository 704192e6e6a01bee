package dev.skyhedge.balancer.policy;

/// How the balancer chooses among the replicas that may take a request.
public enum Policy {
    /// A smooth weighted sequence: exact shares in every cycle, whatever the load.
    ROUND_ROBIN,
    /// The replica with the least `(load + 1) / weight`, where load is what is in flight and, for a while, what
    /// failed; ties rotate.
    LEAST_LOAD,
    /// Of two replicas drawn at random, the one with less `(load + 1) / weight`.
    POWER_OF_TWO,
    /// Each session has its replica, and another one while that has much more than its share. A request without a
    /// session goes to the least loaded.
    SESSION,
    /// Each session has its replica for as long as that takes requests.
    STRICT_SESSION,
    /// The replica that has most of the prompt in its cache, weighed against the wait there; see [PrefixAffinity]. A
    /// request of which no prompt is known goes to the least loaded.
    PREFIX_AFFINITY,
    /// Of two replicas drawn by their shares of requests of this size, the one with less work; see [TokenWeighted]. A
    /// request whose size is not known goes to the least loaded.
    TOKEN_WEIGHTED,
    /// Drawn at random, by how many requests of this size each sustains: Mélange's router.
    MELANGE;

    /// Whether it chooses by the size of requests.
    public boolean goesBySize() {
        return this == TOKEN_WEIGHTED || this == MELANGE;
    }

    /// Whether it chooses by what is asked, so that the body of a request is read first.
    public boolean readsPrompts() {
        return this == PREFIX_AFFINITY;
    }
}
