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

    /// What tells it from others wherever it stands: equal for the same replica in every routing table.
    default long identity(int index) {
        return index;
    }

    /// What its weight is once it has started: it says whose a session is, which must not change while one starts.
    default double settledWeight(int index) {
        return weight(index);
    }

    /// Whether one whose turn it is takes it; one that starts slowly lets some pass. Asked once for each turn.
    default boolean takesTurn(int index) {
        return true;
    }
}
