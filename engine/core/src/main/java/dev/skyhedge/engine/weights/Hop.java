package dev.skyhedge.engine.weights;

/// One machine gets the model from one other.
///
/// @param bitsPerSecond that it gets: no more than either end has, and than the sender's others leave
/// @param depth 1 if it gets it from a whole copy
/// @param usd for egress of the whole model
public record Hop(Peer from, Peer to, double bitsPerSecond, int depth, double usd, String reason) {}
