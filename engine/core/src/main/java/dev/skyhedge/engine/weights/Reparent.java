package dev.skyhedge.engine.weights;

/// A machine gets the model from somebody else from now on.
///
/// @param parent a machine, or the store, of which it reads the rest alone
/// @param fromChunk the first that it still needs: nothing verified is sent again
public record Reparent(String child, String parent, int fromChunk, String reason) {}
