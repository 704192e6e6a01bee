package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The market as this cloud's spot instances meet it: room, prices, and who must go. Guarded by the cloud's
/// lock.
final class SpotMarket {
    private final MarketTrace trace;
    private final Instant origin;
    private final RandomGenerator random;
    private final Map<String, Location> places = new HashMap<>();
    private final Map<String, SpotPool> pools = new HashMap<>();
    private final Set<Location> closed = new HashSet<>();

    /// @param origin when the trace begins
    SpotMarket(MarketTrace trace, Instant origin, List<Listing> listings, RandomGenerator random) {
        this.trace = trace;
        this.origin = origin;
        this.random = random;
        for (Listing listing : listings) {
            listing.series().ifPresent(series -> places.put(series, listing.location()));
        }
    }

    List<String> series() {
        return trace.series().stream()
                .map(series -> series.key())
                .filter(places::containsKey)
                .toList();
    }

    Optional<Instant> nextChange(String series, Instant now) {
        return trace.nextChange(series, since(now)).map(origin::plus);
    }

    HourlyPrice price(Listing listing, Instant now) {
        return listing.series().flatMap(key -> trace.price(key, since(now))).orElse(listing.spot());
    }

    boolean hasRoom(String series, Instant now) {
        return SpotPool.of(pools, series).hasRoom(capacity(series, now));
    }

    List<Rented> excess(String series, Instant now, CloudRules.Victims victims) {
        return SpotPool.of(pools, series).excess(capacity(series, now), victims, random);
    }

    /// Those of a series who were neither given notice nor are on their way out.
    List<Rented> staying(String series) {
        return SpotPool.of(pools, series).staying();
    }

    /// Those in a zone who were neither given notice nor are on their way out.
    List<Rented> staying(Location zone) {
        return pools.entrySet().stream()
                .filter(pool -> zone.equals(places.get(pool.getKey())))
                .flatMap(pool -> pool.getValue().staying().stream())
                .sorted((a, b) -> Long.compare(a.ordinal, b.ordinal))
                .toList();
    }

    void close(Location zone) {
        closed.add(zone);
    }

    void open(Location zone) {
        closed.remove(zone);
    }

    void enter(Rented rented) {
        rented.series.ifPresent(series -> SpotPool.of(pools, series).enter(rented));
    }

    void goes(Rented rented) {
        rented.series.ifPresent(series -> SpotPool.of(pools, series).goes(rented));
    }

    void ended(Rented rented) {
        rented.series.ifPresent(series -> SpotPool.of(pools, series).ended(rented));
    }

    private int capacity(String series, Instant now) {
        Location place = places.get(series);
        return place != null && closed.contains(place) ? 0 : trace.capacity(series, since(now));
    }

    private Duration since(Instant now) {
        Duration since = Duration.between(origin, now);
        return since.isNegative() ? Duration.ZERO : since;
    }
}
