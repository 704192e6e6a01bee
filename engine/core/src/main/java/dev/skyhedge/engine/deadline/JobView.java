package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Market;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// All that a policy may know. Immutable.
///
/// @param nowHours since the job began
/// @param workLeftHours of running time
/// @param held the instance that there is
/// @param checkpoint the zone of the last instance, where the checkpoint is; empty before the
///     first launch
/// @param zones at least one
/// @param transfers from each zone (first index) to each (second)
public record JobView(
        JobTerms terms,
        double nowHours,
        double workLeftHours,
        Optional<Holding> held,
        OptionalInt checkpoint,
        List<ZoneView> zones,
        List<List<Transfer>> transfers) {
    public JobView {
        zones = List.copyOf(zones);
        transfers = List.copyOf(transfers);
    }

    /// Until the deadline, in whole ticks: what happens in a tick that ends after it does not
    /// count.
    public double timeLeftHours() {
        double ticks = Math.floor((terms.deadlineHours() - nowHours) / terms.tickHours() + Rounding.TICKS);
        return ticks * terms.tickHours();
    }

    /// What a launch there takes before the job goes on.
    public double restartHours(int zone) {
        return terms.restartHours() + transfer(zone).hours();
    }

    /// What bringing the checkpoint there takes.
    public Transfer transfer(int zone) {
        return checkpoint.isEmpty()
                ? Transfer.NONE
                : transfers.get(checkpoint.getAsInt()).get(zone);
    }

    /// The zone where the rest costs the least on demand, its transfer included, among those
    /// where it is done in time; where it is done soonest if it is nowhere.
    int onDemandZone() {
        int best = 0;
        for (int zone = 1; zone < zones.size(); zone++) {
            if (rank(zone) < rank(best)) {
                best = zone;
            }
        }
        return best;
    }

    private double rank(int zone) {
        double hours = workLeftHours + restartHours(zone);
        boolean late = hours > timeLeftHours() + Rounding.HOURS;
        return late
                ? Double.MAX_VALUE / 2 * (1 + hours / (1 + hours))
                : hours * zones.get(zone).onDemandPrice() + transfer(zone).dollars();
    }

    /// Whether asking there in this tick has failed.
    boolean failedNow(int zone) {
        return zones.get(zone).history().failedAt(nowHours);
    }

    /// Launch or move, whichever it is.
    Order go(int zone, Market market, String reason) {
        return held.isPresent() ? new Order.Move(zone, market, reason) : new Order.Launch(zone, market, reason);
    }
}
