package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How many replicas were ready when: the exact course, from which the availabilities follow. A replica counts
/// from when the controller finds it ready to when its machine goes or it is drained, whichever comes first.
public final class Readiness {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Instant measuredFrom;
    private final List<Phase> phases = new ArrayList<>();

    /// A time without change.
    ///
    /// @param from when it begins; it lasts until the next one
    /// @param wanted replicas wanted
    /// @param spot ready on spot
    /// @param onDemand ready on demand
    public record Phase(Instant from, int wanted, int spot, int onDemand) {
        int ready() {
            return spot + onDemand;
        }
    }

    /// Shares of time, each from 0 to 1.
    ///
    /// @param full with at least the wanted number ready
    /// @param capacity mean of the ready share of the wanted number, at most 1 at a time
    /// @param outage with replicas wanted and none ready
    public record Availability(double full, double capacity, double outage) {}

    Readiness(Instant measuredFrom) {
        this.measuredFrom = measuredFrom;
    }

    void note(Instant now, int wanted, List<Market> ready) {
        int spot = (int) ready.stream().filter(market -> market == Market.SPOT).count();
        Phase phase = new Phase(now, wanted, spot, ready.size() - spot);
        if (!phases.isEmpty()) {
            Phase last = phases.getLast();
            if (last.wanted() == wanted && last.spot() == spot && last.onDemand() == phase.onDemand()) {
                return;
            }
            if (last.from().equals(now)) {
                phases.removeLast();
            }
        }
        phases.add(phase);
    }

    /// The whole course, in order.
    public List<Phase> phases() {
        return List.copyOf(phases);
    }

    /// The availabilities from the beginning of the measurement until then.
    Availability availability(Instant until) {
        double all = 0;
        double full = 0;
        double capacity = 0;
        double outage = 0;
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            Instant from = phase.from().isBefore(measuredFrom) ? measuredFrom : phase.from();
            Instant to = i + 1 < phases.size() ? phases.get(i + 1).from() : until;
            if (!from.isBefore(to)) {
                continue;
            }
            double seconds = Duration.between(from, to).toNanos() / NANOS_PER_SECOND;
            all += seconds;
            full += phase.ready() >= phase.wanted() ? seconds : 0;
            capacity += seconds * (phase.wanted() == 0 ? 1 : Math.min(1, (double) phase.ready() / phase.wanted()));
            outage += phase.wanted() > 0 && phase.ready() == 0 ? seconds : 0;
        }
        return all == 0 ? new Availability(0, 0, 0) : new Availability(full / all, capacity / all, outage / all);
    }

    /// What renting the wanted number at this price would have cost, in micro-dollars.
    long wantedMicroDollars(long microDollarsPerHour, Instant until) {
        double replicaSeconds = 0;
        for (int i = 0; i < phases.size(); i++) {
            Instant to = i + 1 < phases.size() ? phases.get(i + 1).from() : until;
            replicaSeconds += phases.get(i).wanted()
                    * (Duration.between(phases.get(i).from(), to).toNanos() / NANOS_PER_SECOND);
        }
        return Math.round(
                microDollarsPerHour * replicaSeconds / Duration.ofHours(1).toSeconds());
    }
}
