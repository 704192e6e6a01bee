package dev.skyhedge.state;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.time.Instant;

/// What placement has learnt about renting an accelerator in one market at a location. Location, accelerator and
/// market identify it.
///
/// @param location the zone
/// @param accelerator what was rented there
/// @param market how
/// @param status whether to place there
/// @param failures consecutive failures there
/// @param since when the status began
/// @param retryAt before this time a further launch there is pointless
/// @param evidence why, for people
public record ZoneHealth(
        Location location,
        Accelerator accelerator,
        Market market,
        Status status,
        int failures,
        Instant since,
        Instant retryAt,
        String evidence) {
    /// SpotHedge's two lists.
    public enum Status {
        ACTIVE,
        PREEMPTING
    }
}
