package dev.skyhedge.engine.simulate.accelerators;

/// What a fleet cost, and for what.
///
/// @param usd what was paid, starts included
/// @param requests all that came
/// @param attained those that were served within the service level
/// @param starts replicas that were started after the first fleet
public record FleetOutcome(double usd, long requests, double attained, int starts) {
    /// The share of requests that were served within the service level.
    public double attainment() {
        return requests == 0 ? 1 : attained / requests;
    }
}
