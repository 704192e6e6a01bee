package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a policy may know.
///
/// @param wanted replicas wanted
/// @param held what is there already
/// @param offers everything that the spec permits
/// @param health what is known of the zones; a zone without an entry is active
/// @param closures what of the offers must not be asked for now
/// @param now the time
/// @param launches how many launches the service has been through so far
/// @param coldStart how long a replica takes from its launch until it serves, as far as we know
/// @param standInsFor for how many wanted replicas on-demand may stand in at most
/// @param seed makes the random choices of policies that have any; another one for each decision
public record PlacementRequest(
        int wanted,
        HeldFleet held,
        List<Offer> offers,
        List<ZoneHealth> health,
        Closures closures,
        Instant now,
        long launches,
        Duration coldStart,
        int standInsFor,
        long seed) {
    public PlacementRequest {
        offers = List.copyOf(offers);
        health = List.copyOf(health);
    }

    /// The same where only these offers are permitted.
    PlacementRequest among(List<Offer> others) {
        return new PlacementRequest(
                wanted, held, others, health, closures, now, launches, coldStart, standInsFor, seed);
    }

    /// Those of the offers that may be asked for now.
    List<Offer> open() {
        return closures.open(offers);
    }

    /// How many replicas of a market are to be launched so that there are so many.
    int missing(Market market, int target) {
        return target - held.count(market) - held.delayed(market);
    }
}
