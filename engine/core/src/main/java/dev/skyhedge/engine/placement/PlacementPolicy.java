package dev.skyhedge.engine.placement;

import dev.skyhedge.specs.PlacementSpec;

/// Decides how many replicas of each market there are to be and where missing ones go.
public interface PlacementPolicy {
    /// The decision for one service at one instant. Pure.
    PlacementDecision decide(PlacementRequest request);

    /// The policy that a spec asks for.
    static PlacementPolicy of(PlacementSpec spec) {
        return switch (spec) {
            case PlacementSpec.Skyhedge skyhedge -> new SkyHedge(skyhedge);
            case PlacementSpec.SpotHedge spotHedge ->
                switch (spotHedge.rule()) {
                    case SHIPPED -> new SpotHedge(spotHedge);
                    case ARTIFACT -> new ArtifactSpotHedge(spotHedge);
                };
            case PlacementSpec.EvenSpread _ -> new EvenSpread();
            case PlacementSpec.RoundRobin _ -> new RoundRobin();
            case PlacementSpec.Asg _ -> new AutoScalingGroup(1);
            case PlacementSpec.SpotOnly _ -> new AutoScalingGroup(0);
            case PlacementSpec.OnDemand _ -> new OnDemand();
        };
    }
}
