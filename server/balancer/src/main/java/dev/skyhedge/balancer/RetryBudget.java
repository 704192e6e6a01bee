package dev.skyhedge.balancer;

/// Bounds the extra load that retries put on replicas that are alive: a token bucket filled by arrivals.
/// Thread-safe.
final class RetryBudget {
    private double cap;
    private double perRequest;
    private double tokens;

    /// Starts full.
    RetryBudget(double cap, double perRequest) {
        this.cap = cap;
        this.perRequest = perRequest;
        this.tokens = cap;
    }

    synchronized void limit(double newCap, double newPerRequest) {
        cap = newCap;
        perRequest = newPerRequest;
        tokens = Math.min(cap, tokens);
    }

    synchronized void arrived() {
        tokens = Math.min(cap, tokens + perRequest);
    }

    /// Takes one retry out of the budget, if there is one.
    synchronized boolean take() {
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
