package dev.skyhedge.engine.sweep;

/// A trial that is to be started, or resumed from its newest checkpoint.
///
/// @param trial which one
/// @param atoms on how many
/// @param reason why it and not another, for people
public record Start(String trial, int atoms, String reason) {}
