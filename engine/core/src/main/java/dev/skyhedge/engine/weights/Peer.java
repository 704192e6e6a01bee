package dev.skyhedge.engine.weights;

import dev.skyhedge.spi.Location;
import java.util.Comparator;

/// A machine, or an object store, that takes part in a transfer. Its link is full duplex: what comes in
/// does not disturb what goes out.
///
/// @param name of the instance or the store; unique in a plan
/// @param bitsPerSecond of its link in each direction, all network cards together
public record Peer(String name, Location location, double bitsPerSecond) {
    /// Widest first, then by name.
    static final Comparator<Peer> WIDEST =
            Comparator.comparingDouble(Peer::bitsPerSecond).reversed().thenComparing(Peer::name);

    public Peer {
        if (!(bitsPerSecond > 0) || Double.isInfinite(bitsPerSecond)) {
            throw new IllegalArgumentException("The link of " + name + " has a rate, not " + bitsPerSecond);
        }
    }

    String region() {
        return location.cloud() + "/" + location.region();
    }
}
