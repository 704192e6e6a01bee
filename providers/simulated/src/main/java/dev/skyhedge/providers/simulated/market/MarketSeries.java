package dev.skyhedge.providers.simulated.market;

import java.util.Optional;

/// One line of a market: a zone, or one instance type in a zone.
///
/// @param key unique within its market, such as `us-east-1a` or `us-east-1a/v100_1`
/// @param region the zone's region
/// @param zone the zone
/// @param hardware what can be had; empty means that every instance type of the zone draws on this series
public record MarketSeries(String key, String region, String zone, Optional<Hardware> hardware) {
    /// What a recorded series was sampled with.
    ///
    /// @param instanceType the cloud's name of the machine type
    /// @param gpu the GPU's type; `none` for a machine without one
    /// @param gpus how many of them a machine has
    public record Hardware(String instanceType, String gpu, int gpus) {}

    /// A series that all instance types of a zone share.
    public static MarketSeries ofZone(String region, String zone) {
        return new MarketSeries(zone, region, zone, Optional.empty());
    }
}
