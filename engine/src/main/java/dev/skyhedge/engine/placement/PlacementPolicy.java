package dev.skyhedge.engine.placement;

import dev.skyhedge.specs.PlacementSpec;

/// Decides how many replicas of each market there are to be and where missing ones go.
public interface PlacementPolicy {
    /// The decision for one service at one instant. Pure.
    PlacementDecision decide(PlacementRequest request);

    /// The policy that a spec asks for.
    static PlacementPolicy of(PlacementSpec spec) {
        return switch (spec) {
            case PlacementSpec.SpotHedge spotHedge -> new SpotHedge(spotHedge);
            case PlacementSpec.OnDemand _ -> new OnDemand();
        };
    }
}
