package dev.skyhedge.spi;

import java.util.Comparator;
import java.util.Objects;

/// A place where instances can be rented: one zone of one region of one cloud, written
/// `aws/us-east-1/us-east-1a`.
///
/// The natural order is by cloud, region, zone; it breaks ties wherever a decision would otherwise be
/// arbitrary.
///
/// @param cloud the provider's name, such as `aws`
/// @param region the region's name as the cloud writes it
/// @param zone the zone's name as the cloud writes it
public record Location(String cloud, String region, String zone) implements Comparable<Location> {
    private static final Comparator<Location> ORDER = Comparator.comparing(Location::cloud)
            .thenComparing(Location::region)
            .thenComparing(Location::zone);

    public Location {
        requireSegment("cloud", cloud);
        requireSegment("region", region);
        requireSegment("zone", zone);
    }

    /// Reads `cloud/region/zone`.
    ///
    /// @throws IllegalArgumentException if the text does not have exactly three non-empty segments
    public static Location parse(String text) {
        String[] segments = text.split("/", -1);
        if (segments.length != 3) {
            throw new IllegalArgumentException("A location is cloud/region/zone, not \"" + text + "\"");
        }
        return new Location(segments[0], segments[1], segments[2]);
    }

    private static void requireSegment(String what, String segment) {
        Objects.requireNonNull(segment, what);
        if (segment.isEmpty() || segment.indexOf('/') >= 0 || segment.indexOf('*') >= 0) {
            throw new IllegalArgumentException("Invalid " + what + " in a location: \"" + segment + "\"");
        }
    }

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return cloud + "/" + region + "/" + zone;
    }
}
