package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where people have ordered that nothing is launched for now. What runs there stays.
final class AvoidedPlaces {
    private final List<Avoided> places = new ArrayList<>();

    /// One order.
    ///
    /// @param until when it ends by itself
    record Avoided(LocationPattern location, Optional<Instant> until, PlacedOrder placed) {
        String text() {
            return location + " is avoided" + until.map(at -> " until " + at).orElse("") + ", " + placed.askedFor();
        }
    }

    AvoidedPlaces(World world) {
        for (PlacedOrder placed : world.orders()) {
            if (placed.order() instanceof Order.AvoidZone(LocationPattern location, Optional<Instant> until)
                    && until.filter(at -> !at.isAfter(world.now())).isEmpty()) {
                places.add(new Avoided(location, until, placed));
            }
        }
    }

    Optional<Avoided> of(Location location) {
        return places.isEmpty()
                ? Optional.empty()
                : places.stream()
                        .filter(place -> place.location().matches(location))
                        .findFirst();
    }

    /// Those of them that keep a service from some of these offers.
    List<Avoided> among(Collection<Offer> offers) {
        return places.stream()
                .filter(place ->
                        offers.stream().anyMatch(offer -> place.location().matches(offer.location())))
                .toList();
    }
}
