package dev.skyhedge.state;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import java.time.Instant;

/// What placement has learnt about renting an accelerator on spot at a location.
///
/// @param location the zone
/// @param accelerator what was rented there
/// @param status whether to place there
/// @param since when the status began
/// @param evidence why, for people
public record ZoneHealth(Location location, Accelerator accelerator, Status status, Instant since, String evidence) {
    /// SpotHedge's two lists.
    public enum Status {
        ACTIVE,
        PREEMPTING
    }
}
