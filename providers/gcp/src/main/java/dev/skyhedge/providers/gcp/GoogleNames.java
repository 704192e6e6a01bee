package dev.skyhedge.providers.gcp;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import java.util.Optional;

/// How Google writes places: a zone is its region and a letter, and links end in what they name.
final class GoogleNames {
    static final String CLOUD = "gcp";

    private static final String ZONES = "zones/";
    private static final String REGIONS = "regions/";

    private GoogleNames() {}

    /// What a link such as `https://…/zones/us-central1-a` names; text without a slash is its own name.
    static String name(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /// The location of a zone; empty if that is no name of a zone.
    static Optional<Location> zone(String zoneOrLink) {
        String zone = name(zoneOrLink);
        int dash = zone.lastIndexOf('-');
        return dash > 0 ? Optional.of(new Location(CLOUD, zone.substring(0, dash), zone)) : Optional.empty();
    }

    /// What a scope of an aggregated list covers: `zones/us-central1-a`, `projects/p/regions/us-east1`, `global`.
    static LocationPattern scope(String scope) {
        if (scope.contains(ZONES)) {
            return zone(scope).map(LocationPattern::of).orElseGet(GoogleNames::everywhere);
        }
        if (scope.contains(REGIONS) && !name(scope).isEmpty()) {
            return new LocationPattern(CLOUD, name(scope), "*");
        }
        return everywhere();
    }

    static LocationPattern everywhere() {
        return LocationPattern.parse(CLOUD);
    }
}
