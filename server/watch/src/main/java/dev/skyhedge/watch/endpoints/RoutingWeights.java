package dev.skyhedge.watch.endpoints;

import dev.skyhedge.engine.reconcile.Routes;

/// Where routing weights come from: how much of the traffic a replica is meant to take beside its peers.
final class RoutingWeights {
    /// Nothing says that one replica can take more than another, so all weigh the same; what they take then follows
    /// from how fast each answers.
    private static final double EVEN = 1.0;

    private RoutingWeights() {}

    /// The weight of this replica, as the balancer understands it: twice the weight, twice the share.
    static double of(Routes.Route route) {
        return EVEN;
    }
}
