package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Location;

/// A zone as a job sees it: what things cost now, and what was seen. Not whether there is room
/// now: that is learnt by asking for an instance.
///
/// @param spotPrice an hour, now
/// @param onDemandPrice an hour, now
public record ZoneView(Location location, double spotPrice, double onDemandPrice, ZoneHistory history) {}
