package dev.skyhedge.spi;

/// Selects locations: `cloud/region/zone` in which any segment may end in `*`, such as `aws/us-*/*` or
/// `gcp/*/*`.
///
/// @param cloud pattern of the cloud's name
/// @param region pattern of the region's name
/// @param zone pattern of the zone's name
public record LocationPattern(String cloud, String region, String zone) {
    public LocationPattern {
        requireSegment(cloud);
        requireSegment(region);
        requireSegment(zone);
    }

    /// Reads a pattern; `aws` and `aws/us-east-1` are short for `aws/*/*` and `aws/us-east-1/*`.
    ///
    /// @throws IllegalArgumentException if the text has more than three segments, an empty one, or a `*` that
    ///     does not end its segment
    public static LocationPattern parse(String text) {
        String[] segments = text.split("/", -1);
        if (segments.length > 3) {
            throw new IllegalArgumentException("A location pattern is cloud/region/zone, not \"" + text + "\"");
        }
        return new LocationPattern(
                segments[0], segments.length > 1 ? segments[1] : "*", segments.length > 2 ? segments[2] : "*");
    }

    /// The pattern that selects just this location.
    public static LocationPattern of(Location location) {
        return new LocationPattern(location.cloud(), location.region(), location.zone());
    }

    /// Whether the location is selected.
    public boolean matches(Location location) {
        return segmentMatches(cloud, location.cloud())
                && segmentMatches(region, location.region())
                && segmentMatches(zone, location.zone());
    }

    /// The smallest pattern of whole segments that selects all that both select.
    public LocationPattern or(LocationPattern other) {
        boolean isOneCloud = cloud.equals(other.cloud);
        boolean isOneRegion = isOneCloud && region.equals(other.region);
        return new LocationPattern(
                isOneCloud ? cloud : "*",
                isOneRegion ? region : "*",
                isOneRegion && zone.equals(other.zone) ? zone : "*");
    }

    /// Whether some location of the named cloud could be selected.
    public boolean mayMatchCloud(String name) {
        return segmentMatches(cloud, name);
    }

    /// Whether some location of that region could be selected.
    public boolean matchesRegion(String cloudName, String regionName) {
        return segmentMatches(cloud, cloudName) && segmentMatches(region, regionName);
    }

    /// Whether the zone is one that is selected, in a region that is.
    public boolean matchesZone(String name) {
        return segmentMatches(zone, name);
    }

    private static boolean segmentMatches(String pattern, String name) {
        return pattern.endsWith("*") ? name.regionMatches(0, pattern, 0, pattern.length() - 1) : name.equals(pattern);
    }

    private static void requireSegment(String segment) {
        int star = segment.indexOf('*');
        if (segment.isEmpty() || segment.indexOf('/') >= 0 || (star >= 0 && star != segment.length() - 1)) {
            throw new IllegalArgumentException(
                    "Invalid segment \"" + segment + "\" in a location pattern: a * may only end a segment");
        }
    }

    @Override
    public String toString() {
        return cloud + "/" + region + "/" + zone;
    }
}
