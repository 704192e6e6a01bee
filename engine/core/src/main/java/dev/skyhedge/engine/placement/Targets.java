package dev.skyhedge.engine.placement;

import dev.skyhedge.specs.PlacementSpec;

/// How many replicas of each market there are to be.
///
/// @param spot spot ones, spares included
/// @param spares those of them that are spares
/// @param onDemand on-demand ones now
/// @param onDemandSettled on-demand ones once all spot replicas are ready
record Targets(int spot, int spares, int onDemand, int onDemandSettled) {
    /// SpotHedge's: on-demand stands in for every spot replica that is not ready, spares included, but never for
    /// more than the wanted number.
    ///
    /// @param standInsFor for how many wanted replicas on-demand may stand in at most
    static Targets of(PlacementSpec.SpotHedge spec, int wanted, int standInsFor, int readySpot) {
        if (wanted == 0) {
            return new Targets(0, 0, 0, 0);
        }
        int spot = Math.max(0, wanted + spec.spares() - spec.onDemandBase());
        int missing = spec.onDemandFallback()
                ? Math.max(0, Math.min(spot, Math.max(0, standInsFor - spec.onDemandBase())) - readySpot)
                : 0;
        return new Targets(
                spot,
                Math.min(spot, spec.spares()),
                Math.min(wanted, spec.onDemandBase() + missing),
                Math.min(wanted, spec.onDemandBase()));
    }

    /// Without spares and stand-ins: this many are always on-demand, the others on spot.
    static Targets plain(int wanted, int onDemandBase) {
        int onDemand = Math.min(wanted, onDemandBase);
        return new Targets(wanted - onDemand, 0, onDemand, onDemand);
    }

    /// The role of a spot replica when so many others come before it.
    PlacementDecision.Role spotRole(int before) {
        return before < spot - spares ? PlacementDecision.Role.TARGET : PlacementDecision.Role.SPARE;
    }
}
