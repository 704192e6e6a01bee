package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.PlacedOrder;
import java.time.Instant;
import java.util.Optional;

/// Where somebody has ordered that nothing is launched for now.
///
/// @param until when it ends by itself
/// @param placed the order
public record AvoidedPlace(LocationPattern location, Optional<Instant> until, PlacedOrder placed) {
    /// For people.
    public String text() {
        return location + " is avoided" + until.map(at -> " until " + at).orElse("") + ", " + placed.askedFor();
    }
}
