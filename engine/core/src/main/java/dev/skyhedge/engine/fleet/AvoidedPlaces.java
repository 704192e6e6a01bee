package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.World;
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
    private final List<AvoidedPlace> places = new ArrayList<>();

    AvoidedPlaces(World world) {
        for (PlacedOrder placed : world.orders()) {
            if (placed.order() instanceof Order.AvoidZone(LocationPattern location, Optional<Instant> until)
                    && until.filter(at -> !at.isAfter(world.now())).isEmpty()) {
                places.add(new AvoidedPlace(location, until, placed));
            }
        }
    }

    Optional<AvoidedPlace> of(Location location) {
        return places.isEmpty()
                ? Optional.empty()
                : places.stream()
                        .filter(place -> place.location().matches(location))
                        .findFirst();
    }

    /// Those of them that keep a workload from some of these offers.
    List<AvoidedPlace> among(Collection<Offer> offers) {
        return places.stream()
                .filter(place ->
                        offers.stream().anyMatch(offer -> place.location().matches(offer.location())))
                .toList();
    }
}
