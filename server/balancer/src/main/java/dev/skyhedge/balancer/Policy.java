package dev.skyhedge.balancer;

/// How the balancer chooses among the replicas that may take a request.
public enum Policy {
    /// A smooth weighted sequence: exact shares in every cycle, whatever the load.
    ROUND_ROBIN,
    /// The replica with the least `(in-flight + 1) / weight`; ties rotate.
    LEAST_LOAD
}
