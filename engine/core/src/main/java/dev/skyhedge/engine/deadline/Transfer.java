package dev.skyhedge.engine.deadline;

/// What it takes to bring a checkpoint from one zone to another, beyond a load in its own region.
///
/// @param hours added to a restart
/// @param dollars charged once
public record Transfer(double hours, double dollars) {
    /// Within a region.
    public static final Transfer NONE = new Transfer(0, 0);
}
