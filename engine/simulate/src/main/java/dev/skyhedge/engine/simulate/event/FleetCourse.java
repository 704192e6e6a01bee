package dev.skyhedge.engine.simulate.event;

import java.util.List;

/// What of a fleet was there over time, since the beginning of a simulation.
///
/// @param wanted replicas wanted
/// @param spot each series of the market, in its order
/// @param onDemandHeld on-demand instances rented
/// @param onDemandReady replicas ready on them
/// @param spending micro-dollars per hour, from which the bill follows but for its rounding
public record FleetCourse(
        Steps wanted, List<SpotCourse> spot, Steps onDemandHeld, Steps onDemandReady, Steps spending) {
    public FleetCourse {
        spot = List.copyOf(spot);
    }

    /// One series of the market.
    ///
    /// @param series its key
    /// @param held instances rented
    /// @param ready replicas ready on them
    public record SpotCourse(String series, Steps held, Steps ready) {}
}
