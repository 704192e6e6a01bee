package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which places do not answer, and since when: those of which nobody says what is there, and those where launches
/// have no outcome though what is there can be seen. What they offer some providers know without their cloud.
public final class Silence {
    /// After this time others stand in for a place that does not answer. It comes on top of the time for which
    /// the provider itself repeats its calls, so that a moment's silence never rents anything twice.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /// After this time without another try launches may go there again: nobody else will say that they work.
    static final Duration AVOIDANCE = Duration.ofMinutes(5);

    /// Regions of one cloud in which launches have no outcome, until the cloud itself is taken to be the cause.
    private static final int REGIONS_OF_A_CLOUD = 2;

    private final Map<LocationPattern, Instant> unseen = new HashMap<>();
    private final Map<LocationPattern, Unanswered> launches = new HashMap<>();

    private record Unanswered(Instant since, Instant last) {
        boolean isLasting(Instant now) {
            return !since.plus(PATIENCE).isAfter(now) && now.isBefore(last.plus(AVOIDANCE));
        }
    }

    /// A provider did not say what is there.
    void unseen(String provider, Instant at) {
        unseen.putIfAbsent(LocationPattern.parse(provider), at);
    }

    /// A provider said what is there, in some of its places or in all.
    ///
    /// @return whether there are others
    boolean seen(String provider, Observation observation) {
        Set<LocationPattern> gaps =
                observation.unreachable().stream().map(Unreachable::locations).collect(Collectors.toSet());
        unseen.keySet().removeIf(place -> place.cloud().equals(provider) && !gaps.contains(place));
        gaps.forEach(gap -> unseen.putIfAbsent(gap, observation.at()));
        return !gaps.isEmpty();
    }

    /// A launch there has no outcome.
    void launchUnanswered(Location location, Instant at) {
        launches.merge(
                regionOf(location),
                new Unanswered(at, at),
                (before, again) -> new Unanswered(before.since(), again.last()));
    }

    /// A launch there succeeded or failed.
    void launchAnswered(Location location) {
        launches.remove(regionOf(location));
    }

    /// Since when nobody said what is there, of places that this observation shows again.
    Map<LocationPattern, Instant> gapsEndedBy(String provider, Observation observation) {
        Map<LocationPattern, Instant> ended = new HashMap<>(unseen);
        ended.keySet()
                .removeIf(place -> !place.cloud().equals(provider)
                        || observation.unreachable().stream()
                                .anyMatch(gap -> gap.locations().equals(place)));
        return ended;
    }

    /// The places of which nothing is to be expected.
    Set<LocationPattern> givenUp(Instant now) {
        if (unseen.isEmpty() && launches.isEmpty()) {
            return Set.of();
        }
        Set<LocationPattern> places = new HashSet<>();
        unseen.forEach((place, since) -> {
            if (!since.plus(PATIENCE).isAfter(now)) {
                places.add(place);
            }
        });
        Map<String, Integer> regions = new HashMap<>();
        launches.forEach((region, unanswered) -> {
            if (unanswered.isLasting(now)) {
                places.add(region);
                regions.merge(region.cloud(), 1, Integer::sum);
            }
        });
        regions.forEach((cloud, count) -> {
            if (count >= REGIONS_OF_A_CLOUD) {
                places.add(LocationPattern.parse(cloud));
            }
        });
        return places;
    }

    /// Whether a location is in one of the places.
    static boolean isIn(Set<LocationPattern> places, Location location) {
        return places.stream().anyMatch(place -> place.matches(location));
    }

    /// So much time has passed by the clock that nobody lived through.
    void skip(Duration lost) {
        unseen.replaceAll((_, since) -> since.plus(lost));
        launches.replaceAll((_, place) ->
                new Unanswered(place.since().plus(lost), place.last().plus(lost)));
    }

    private static LocationPattern regionOf(Location location) {
        return new LocationPattern(location.cloud(), location.region(), "*");
    }
}
