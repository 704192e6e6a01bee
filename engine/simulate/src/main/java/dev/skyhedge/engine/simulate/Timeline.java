package dev.skyhedge.engine.simulate;

import java.util.List;

/// What was there at each tick of a run.
///
/// @param target replicas wanted
/// @param spotHeld spot replicas billed, by zone in the window's order
/// @param spotReady those of them that were ready
/// @param onDemandHeld on-demand replicas billed
/// @param onDemandReady those of them that were ready
public record Timeline(
        Counts target, List<Counts> spotHeld, List<Counts> spotReady, Counts onDemandHeld, Counts onDemandReady) {
    public Timeline {
        spotHeld = List.copyOf(spotHeld);
        spotReady = List.copyOf(spotReady);
    }

    /// How many ticks there are.
    public int ticks() {
        return target.size();
    }

    /// Spot replicas billed in all zones.
    public int spotHeld(int tick) {
        return sum(spotHeld, tick);
    }

    /// Spot replicas ready in all zones.
    public int spotReady(int tick) {
        return sum(spotReady, tick);
    }

    /// Replicas ready of both markets.
    public int ready(int tick) {
        return spotReady(tick) + onDemandReady.at(tick);
    }

    private static int sum(List<Counts> zones, int tick) {
        int sum = 0;
        for (Counts zone : zones) {
            sum += zone.at(tick);
        }
        return sum;
    }
}
