package dev.skyhedge.balancer.keys;

/// What of a key can be used up.
public enum KeyLimit {
    REQUESTS,
    TOKENS,
    IN_FLIGHT
}
