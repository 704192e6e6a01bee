package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import java.util.Optional;

/// Where a cluster is, in the words of the provider contract.
public final class Places {
    /// The first part of every location.
    public static final String CLOUD = "kubernetes";

    /// Region and zone of nodes that do not say where they are, such as those of a cluster in one room.
    public static final String UNSAID = "default";

    /// All of the cluster.
    public static final LocationPattern EVERYWHERE = new LocationPattern(CLOUD, "*", "*");

    /// All of the cluster, for both markets and every kind of node.
    public static final Scope EVERYTHING = new Scope(EVERYWHERE, Optional.empty(), Optional.empty());

    private Places() {}

    /// The place with this region and zone; an empty one is not said.
    public static Location of(String region, String zone) {
        return new Location(CLOUD, said(region), said(zone));
    }

    private static String said(String segment) {
        return segment.isEmpty() ? UNSAID : segment;
    }
}
