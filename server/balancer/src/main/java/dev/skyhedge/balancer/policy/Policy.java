package dev.skyhedge.balancer.policy;

/// How the balancer chooses among the replicas that may take a request.
public enum Policy {
    /// A smooth weighted sequence: exact shares in every cycle, whatever the load.
    ROUND_ROBIN,
    /// The replica with the least `(load + 1) / weight`, where load is what is in flight and, for a while, what
    /// failed; ties rotate.
    LEAST_LOAD
}
