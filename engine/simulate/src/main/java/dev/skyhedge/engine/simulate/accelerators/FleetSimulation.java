package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.QuickMixes;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Fleets that serve what arrives. All follow the rate by the same rule: the highest measured
/// within the time that a fleet has to wait before it shrinks, with headroom. A new fleet serves
/// once its replicas are ready, and until then the old one does, both being paid.
public final class FleetSimulation {
    /// Windows over which a rate is measured.
    private static final int MEASURED = 4;

    /// Windows that a lower rate has to last.
    private static final int HELD = 20;

    /// Windows from the launch of a replica until it is ready.
    private static final int START = 3;

    private final Profile profile;
    private final SortedMap<Rental, RentalTerms> terms;
    private final Arrivals arrivals;
    private final double headroom;

    /// @param headroom share beyond the measured rate; 0.1 is a tenth more
    public FleetSimulation(Profile profile, SortedMap<Rental, RentalTerms> terms, Arrivals arrivals, double headroom) {
        this.profile = profile;
        this.terms = terms;
        this.arrivals = arrivals;
        this.headroom = headroom;
    }

    private record Change(Allocation fleet, int ready) {}

    /// A fleet that follows the rate.
    public FleetOutcome following(QuickMixes mixer) {
        Allocation fleet = mixer.atLeast(target(0), new TreeMap<>());
        List<Change> changes = new ArrayList<>();
        double usd = 0;
        double attained = 0;
        int starts = 0;
        for (int window = 0; window < windows(); window++) {
            if (!changes.isEmpty() && changes.getFirst().ready() <= window) {
                fleet = changes.removeFirst().fleet();
            }
            attained += Routing.attained(profile, fleet, arrivals.perWindow().get(window));
            if (changes.isEmpty()) {
                Allocation wanted = mixer.atLeast(target(window), fleet.replicas());
                int launched = launched(fleet, wanted);
                if (launched == 0) {
                    // Nothing has to be waited for.
                    fleet = wanted;
                } else {
                    changes.add(new Change(wanted, window + START));
                    starts += launched;
                }
            }
            usd += usdOfWindow(fleet, changes);
        }
        return new FleetOutcome(usd, requests(), attained, starts);
    }

    /// A fleet that is the same all the time: enough for the highest rate that will come.
    public FleetOutcome forPeak(QuickMixes mixer) {
        double peak = 0;
        for (int window = 0; window < windows(); window++) {
            peak = Math.max(peak, arrivals.rate(window, MEASURED));
        }
        Allocation fleet = mixer.atLeast(peak * (1 + headroom), new TreeMap<>());
        double attained = arrivals.perWindow().stream()
                .mapToDouble(window -> Routing.attained(profile, fleet, window))
                .sum();
        return new FleetOutcome(fleet.usdPerHour() * hours(windows()), requests(), attained, 0);
    }

    /// What nobody is cheaper than who serves everything: in every window exactly what its
    /// requests need, in whole replicas that start at once and cost nothing to start, in USD.
    public double omniscient(QuickMixes mixer) {
        double usd = 0;
        for (int window = 0; window < windows(); window++) {
            usd += mixer.atMost(arrivals.rate(window, 1)).usdPerHour() * hours(1);
        }
        return usd;
    }

    private double target(int window) {
        double highest = 0;
        for (int i = Math.max(0, window - HELD); i <= window; i++) {
            highest = Math.max(highest, arrivals.rate(i, MEASURED));
        }
        return highest * (1 + headroom);
    }

    private static int launched(Allocation from, Allocation to) {
        return to.replicas().entrySet().stream()
                .mapToInt(entry ->
                        Math.max(0, entry.getValue() - from.replicas().getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    /// Of the fleet, and of those that start to be part of the next.
    private double usdOfWindow(Allocation fleet, List<Change> changes) {
        double usdPerHour = fleet.usdPerHour();
        for (Change change : changes) {
            for (Map.Entry<Rental, Integer> entry : change.fleet().replicas().entrySet()) {
                int more = entry.getValue() - fleet.replicas().getOrDefault(entry.getKey(), 0);
                RentalTerms price = terms.get(entry.getKey());
                usdPerHour += price == null ? 0 : Math.max(0, more) * price.usdPerHour();
            }
        }
        return usdPerHour * hours(1);
    }

    private int windows() {
        return arrivals.perWindow().size();
    }

    private long requests() {
        long requests = 0;
        for (int window = 0; window < windows(); window++) {
            requests += arrivals.in(window);
        }
        return requests;
    }

    private static double hours(int windows) {
        return windows * Arrivals.WINDOW / 3600.0;
    }
}
