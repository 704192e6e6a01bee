package dev.skyhedge.spi;

/// Locations that could not be asked, and why. What is there is unknown, which is not the same as nothing.
///
/// @param locations the locations that this is about
/// @param failure why they could not be asked
public record Unreachable(LocationPattern locations, Failure failure) {}
