package dev.skyhedge.engine.simulate.accelerators;

import java.util.function.DoubleFunction;

/// A fleet with the headroom that a goal takes. Fleets of other replicas attain different shares
/// with the same headroom, as they have other room to spare: they are compared at the same share.
///
/// @param headroom share beyond the measured rate; below 0 where whole replicas and waiting before
///     a fleet shrinks leave more room than the goal takes
public record TunedFleet(double headroom, FleetOutcome outcome) {
    /// More than twice the rate is no headroom any more.
    private static final double MOST = 1;

    private static final double LEAST = -0.4;
    private static final int HALVINGS = 6;

    /// The cheapest that attains the goal, of those that halving finds; what attains the most of
    /// them if none does.
    ///
    /// @param fleet what a fleet comes to with some headroom
    /// @param goal share of requests that are to be served within the service level
    public static TunedFleet to(double goal, DoubleFunction<FleetOutcome> fleet) {
        TunedFleet best = new TunedFleet(MOST, fleet.apply(MOST));
        double low = LEAST;
        double high = MOST;
        TunedFleet bare = new TunedFleet(low, fleet.apply(low));
        best = better(best, bare, goal);
        for (int i = 0; i < HALVINGS && !attains(bare, goal); i++) {
            TunedFleet middle = new TunedFleet((low + high) / 2, fleet.apply((low + high) / 2));
            best = better(best, middle, goal);
            if (attains(middle, goal)) {
                high = middle.headroom;
            } else {
                low = middle.headroom;
            }
        }
        return best;
    }

    private static boolean attains(TunedFleet fleet, double goal) {
        return fleet.outcome.attainment() >= goal;
    }

    private static TunedFleet better(TunedFleet one, TunedFleet other, double goal) {
        if (attains(one, goal) && attains(other, goal)) {
            return other.outcome.usd() < one.outcome.usd() ? other : one;
        }
        return other.outcome.attainment() > one.outcome.attainment() ? other : one;
    }
}
