package dev.skyhedge.cli.view.spend;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one machine, or many that ended long ago, cost within one day.
///
/// @param entry what the state knows of it
/// @param from beginning, in the same day of UTC as the end
/// @param until end
/// @param microDollars what it came to
public record Charge(SpendEntry entry, Instant from, Instant until, long microDollars) {
    Duration time() {
        return Duration.between(from, until);
    }

    Optional<Location> location() {
        return entry.rented().map(RentedTime::location);
    }

    Optional<RentedTime.Use> use() {
        return entry.rented().map(RentedTime::use);
    }

    Market market() {
        return entry.kind() == SpendEntry.Kind.RENTED_SPOT ? Market.SPOT : Market.ON_DEMAND;
    }

    /// Whether it stands for many, of which only the sum is known.
    boolean isOfMany() {
        return entry.total().isPresent();
    }

    /// Name of the replica, without its generation; empty for many.
    String replica() {
        return isOfMany() ? "" : entry.subject().replaceFirst("#\\d+$", "");
    }
}
