package dev.skyhedge.balancer;

/// The replicas of one choice, by index: what a policy may know.
public interface Candidates {
    int size();

    /// Whether this one may take the request.
    boolean eligible(int index);

    int inFlight(int index);

    /// Above 0.
    double weight(int index);
}
