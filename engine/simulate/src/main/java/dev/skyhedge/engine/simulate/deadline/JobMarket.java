package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.Transfer;
import dev.skyhedge.spi.Location;
import java.util.List;

/// A stretch of the spot markets that a job may run in, from its beginning. Immutable.
///
/// @param tickSeconds how long a tick is
/// @param zones at least one, each as long as the others
/// @param transfers from each zone (first index) to each (second)
public record JobMarket(int tickSeconds, List<Zone> zones, List<List<Transfer>> transfers) {
    /// One zone by tick.
    ///
    /// @param room whether a spot instance can be had, and is kept, in that tick
    /// @param spotPrice dollars an hour, by tick
    /// @param onDemandPrice dollars an hour, always the same
    public record Zone(Location location, List<Boolean> room, List<Double> spotPrice, double onDemandPrice) {
        public Zone {
            room = List.copyOf(room);
            spotPrice = List.copyOf(spotPrice);
            if (room.size() != spotPrice.size()) {
                throw new IllegalArgumentException("A price for each tick of " + location);
            }
        }
    }

    public JobMarket {
        zones = List.copyOf(zones);
        transfers = transfers.stream().map(List::copyOf).toList();
        int ticks = zones.getFirst().room().size();
        if (zones.stream().anyMatch(zone -> zone.room().size() != ticks) || transfers.size() != zones.size()) {
            throw new IllegalArgumentException("All zones are as long as the first and have transfers");
        }
    }

    /// How many ticks it has.
    public int ticks() {
        return zones.getFirst().room().size();
    }

    double tickHours() {
        return tickSeconds / 3600.0;
    }

    boolean hasRoom(int zone, int tick) {
        return zones.get(zone).room().get(tick);
    }

    double spotPrice(int zone, int tick) {
        return zones.get(zone).spotPrice().get(tick);
    }

    /// The same market with only these of its zones.
    public JobMarket of(List<Integer> some) {
        return new JobMarket(
                tickSeconds,
                some.stream().map(zones::get).toList(),
                some.stream()
                        .map(from -> some.stream()
                                .map(to -> transfers.get(from).get(to))
                                .toList())
                        .toList());
    }
}
