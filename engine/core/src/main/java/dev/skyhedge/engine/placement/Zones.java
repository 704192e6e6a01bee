package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The zones that offer spot that may be asked for, in the order of the offers, each with its cheapest offer, what is
/// known of it, and how many of ours it holds.
final class Zones {
    private final List<Offer> cheapest;
    private final Map<Location, ZoneHealth> health = new HashMap<>();
    private final Map<Location, Integer> held = new HashMap<>();

    Zones(PlacementRequest request) {
        Map<Location, Offer> byLocation = new LinkedHashMap<>();
        for (Offer offer : request.open()) {
            if (offer.market() == Market.SPOT) {
                byLocation.merge(
                        offer.location(),
                        offer,
                        (one, other) -> OfferBook.CHEAPEST.compare(one, other) <= 0 ? one : other);
            }
        }
        this.cheapest = List.copyOf(byLocation.values());
        for (ZoneHealth entry : request.health()) {
            Offer offer = byLocation.get(entry.location());
            if (offer != null
                    && entry.market() == Market.SPOT
                    && entry.accelerator().equals(offer.accelerator())) {
                health.put(entry.location(), entry);
            }
        }
        request.held().offers(Market.SPOT).forEach(this::hold);
    }

    int size() {
        return cheapest.size();
    }

    /// The cheapest offer of each zone.
    List<Offer> offers() {
        return cheapest;
    }

    Optional<ZoneHealth> health(Offer offer) {
        return Optional.ofNullable(health.get(offer.location()));
    }

    int held(Offer offer) {
        return held.getOrDefault(offer.location(), 0);
    }

    /// One more of ours is there from now on.
    void hold(Offer offer) {
        held.merge(offer.location(), 1, Integer::sum);
    }
}
