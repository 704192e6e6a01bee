package dev.skyhedge.weights;

import java.net.InetSocketAddress;
import java.util.List;

/// From whom a node gets the model.
///
/// @param epoch a node ignores a plan that is not newer than its own
/// @param ancestors nearest first; empty if it reads the origin, or has the model
/// @param edgeBitsPerSecond that it sends to each other node; infinite for no limit
public record NodePlan(long epoch, List<InetSocketAddress> ancestors, double edgeBitsPerSecond) {
    public NodePlan {
        ancestors = List.copyOf(ancestors);
        if (ancestors.size() > 64 || !(edgeBitsPerSecond > 0)) {
            throw new IllegalArgumentException(ancestors.size() + " ancestors, " + edgeBitsPerSecond + " bit/s");
        }
    }
}
