package dev.skyhedge.engine.declared;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where patterns permit something to be. A spec may name hundreds of zones one by one, and every offer and
/// replica is held against all of them.
final class PermittedPlaces {
    private final Set<Location> named = new HashSet<>();
    private final List<LocationPattern> wildcards;

    PermittedPlaces(List<LocationPattern> patterns) {
        this.wildcards = patterns.stream().filter(PermittedPlaces::hasWildcard).toList();
        patterns.stream()
                .filter(pattern -> !hasWildcard(pattern))
                .forEach(pattern -> named.add(new Location(pattern.cloud(), pattern.region(), pattern.zone())));
    }

    boolean include(Location location) {
        if (named.contains(location)) {
            return true;
        }
        for (LocationPattern pattern : wildcards) {
            if (pattern.matches(location)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWildcard(LocationPattern pattern) {
        return pattern.toString().indexOf('*') >= 0;
    }
}
