package dev.skyhedge.engine.weights;

/// A replica that needs the model. Replicas of one machine get it once, over the links of all of them.
///
/// @param peer its machine, with the part of the machine's link that comes with this replica
public record Target(String replica, Peer peer) {}
