package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a policy may know.
///
/// @param wanted replicas wanted
/// @param heldSpot offers of the spot replicas that serve or are on their way to, of the version being placed
/// @param heldOnDemand offers of the on-demand ones
/// @param readySpot how many spot replicas of any version serve
/// @param spotDelayed missing spot replicas that must not be launched yet, because they failed lately
/// @param onDemandDelayed the same for on-demand
/// @param offers everything that the spec permits
/// @param health what is known of the zones; a zone without an entry is active
/// @param now the time
/// @param launches how many launches the service has been through so far
/// @param replicas those of the version being placed that serve or are on their way to, one by one
/// @param coldStart how long a replica takes from its launch until it serves, as far as we know
/// @param seed makes the random choices of policies that have any; another one for each decision
/// @param closures what of the offers must not be asked for now
public record PlacementRequest(
        int wanted,
        List<Offer> heldSpot,
        List<Offer> heldOnDemand,
        int readySpot,
        int spotDelayed,
        int onDemandDelayed,
        List<Offer> offers,
        List<ZoneHealth> health,
        Instant now,
        long launches,
        List<HeldReplica> replicas,
        Duration coldStart,
        long seed,
        Closures closures) {
    public PlacementRequest {
        heldSpot = List.copyOf(heldSpot);
        heldOnDemand = List.copyOf(heldOnDemand);
        offers = List.copyOf(offers);
        health = List.copyOf(health);
        replicas = List.copyOf(replicas);
    }

    /// Those of the offers that may be asked for now.
    List<Offer> open() {
        return closures.open(offers);
    }
}
