package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.specs.EndpointSpec;

/// Chooses a replica for each request of one routing table. The engine sees no balancer, so whoever starts a
/// simulation hands in the real policies behind this port.
@FunctionalInterface
public interface ReplicaChoice {
    /// The index of the chosen candidate; -1 if none is eligible.
    int choose(Candidates candidates);

    /// The replicas of a table, by index.
    interface Candidates {
        int size();

        /// Whether this one may take the request.
        boolean eligible(int index);

        int inFlight(int index);

        /// Above 0.
        double weight(int index);
    }

    /// Makes the choice for a new table.
    @FunctionalInterface
    interface Maker {
        /// @param weights of the replicas in their order, above 0
        ReplicaChoice forTable(EndpointSpec.Policy policy, double[] weights);
    }
}
