package dev.skyhedge.engine.simulate;

import dev.skyhedge.spi.Market;
import java.util.List;

/// What a run comes to. Shares are between 0 and 1, of the judged ticks.
///
/// @param full share of ticks in which all wanted replicas were ready
/// @param capacity mean share of the wanted replicas that were ready
/// @param outage share of ticks in which none was ready
/// @param cost of all replicas held, spares and cold starts included, in prices of the protocol
/// @param costShare the same as a share of the wanted replicas on-demand throughout
/// @param onDemandShare share of on-demand in the ticks of all replicas held
/// @param launches launches that were accepted
/// @param failedLaunches launches that were refused
/// @param preemptions replicas that the market took back
public record Outcome(
        double full,
        double capacity,
        double outage,
        double cost,
        double costShare,
        double onDemandShare,
        int launches,
        int failedLaunches,
        int preemptions) {

    static Outcome of(PaperProtocol protocol, Timeline timeline, List<Occurrence> occurrences) {
        long full = 0;
        long none = 0;
        double capacity = 0;
        long spot = 0;
        long onDemand = 0;
        for (int t = protocol.coldStartTicks(); t < timeline.ticks(); t++) {
            int wanted = timeline.target().at(t);
            int ready = timeline.ready(t);
            full += ready >= wanted ? 1 : 0;
            none += ready == 0 ? 1 : 0;
            capacity += Math.min(ready, wanted) / (double) wanted;
            spot += timeline.spotHeld(t);
            onDemand += timeline.onDemandHeld().at(t);
        }
        double judged = protocol.judgedTicks();
        double cost = spot * protocol.spotPrice() + onDemand * protocol.onDemandPrice();
        return new Outcome(
                full / judged,
                capacity / judged,
                none / judged,
                cost,
                cost / protocol.onDemandCost(),
                spot + onDemand == 0 ? 0 : onDemand / (double) (spot + onDemand),
                count(occurrences, Occurrence.Kind.LAUNCHED),
                count(occurrences, Occurrence.Kind.REFUSED),
                (int) occurrences.stream()
                        .filter(one -> one.kind() == Occurrence.Kind.PREEMPTED && one.market() == Market.SPOT)
                        .count());
    }

    private static int count(List<Occurrence> occurrences, Occurrence.Kind kind) {
        return (int) occurrences.stream().filter(one -> one.kind() == kind).count();
    }
}
