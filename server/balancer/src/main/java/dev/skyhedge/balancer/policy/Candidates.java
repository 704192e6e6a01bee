package dev.skyhedge.balancer.policy;

/// The replicas of one choice, by index: what a policy may know.
public interface Candidates {
    int size();

    /// Whether this one may take the request.
    boolean eligible(int index);

    /// In requests: those in flight, and recent errors, which count like them.
    double load(int index);

    /// Above 0.
    double weight(int index);

    /// Whether one whose turn it is takes it; one that starts slowly lets some pass. Asked once for each turn.
    default boolean takesTurn(int index) {
        return true;
    }
}
