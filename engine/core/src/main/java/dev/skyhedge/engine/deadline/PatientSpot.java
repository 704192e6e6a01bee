package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Market;
import java.util.Optional;

/// Our own policy, and the default: spot as cheap as the slack lets one wait for, with few probes.
///
/// Asking for an instance that is not there costs nothing, so that zones are asked rather than
/// probed. Everything is valued in dollars beside having just lost an instance: progress at what
/// an hour of it costs on the whole, in the cycle of loss, wait, restart and run of the zone
/// where that is the least; time without progress at [SlackWorth]. Then whatever is worth most is
/// done: stay, move, launch, or wait, for room to come back or for young room to prove itself.
///
/// It goes on demand by itself only to bridge a gap while slack is worth more than that costs;
/// the [SafetyNet] goes there for good when the time has come.
public final class PatientSpot implements DeadlinePolicy {
    /// The policy with its safety net: what to use.
    public static DeadlinePolicy safe() {
        return new SafetyNet(new PatientSpot());
    }

    @Override
    public Order next(JobView view) {
        Situation situation = Situation.of(view);
        return view.held().isPresent()
                ? whileHolding(situation, view.held().get())
                : whileIdle(situation, situation.slack());
    }

    private static Order whileHolding(Situation situation, Holding held) {
        if (!held.isSpot()) {
            return whileIdle(situation, situation.onDemandRate());
        }
        Optional<Situation.Worth> best = situation.bestMove(held);
        if (best.isPresent() && best.get().dollars() > 0) {
            return new Order.Move(best.get().zone(), Market.SPOT, "worth more than it costs to move");
        }
        return situation
                .worthAProbe(held)
                .<Order>map(zone -> new Order.Probe(zone, "a move there would be worth it if its room has lasted"))
                .orElseGet(() -> new Order.Stay("nothing is better by what a move costs"));
    }

    /// @param rate what an hour costs in which the job waits for spot: on demand, or slack
    private static Order whileIdle(Situation situation, double rate) {
        JobView view = situation.view();
        Optional<Situation.Worth> best = situation.bestLaunch();
        Situation.Worth patience = situation.bestWait(rate);
        if (best.isPresent() && best.get().dollars() >= patience.dollars()) {
            return view.go(best.get().zone(), Market.SPOT, "the cheapest progress that can be had");
        }
        if (patience.zone() >= 0 && !view.failedNow(patience.zone()) && !situation.isSeenUp(patience.zone())) {
            return new Order.Probe(patience.zone(), "to see whether its room lasts");
        }
        if (view.held().isPresent()) {
            return new Order.Stay("slack is worth more than what on demand costs");
        }
        return patience.zone() >= 0 && situation.isOnDemandBetter(patience.zone())
                ? new Order.Launch(
                        view.onDemandZone(), Market.ON_DEMAND, "slack is worth more than what on demand costs")
                : new Order.Wait("a better one is worth the wait");
    }
}
