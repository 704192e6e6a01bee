package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Market;

/// The instance that a job has.
///
/// @param zone its index in the view
/// @param sinceHours when it was launched
/// @param overheadLeftHours what is left of its restart before the job goes on
public record Holding(int zone, Market market, double sinceHours, double overheadLeftHours) {
    /// Whether it may be taken back.
    public boolean isSpot() {
        return market == Market.SPOT;
    }
}
