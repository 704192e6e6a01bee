package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Market;
import java.util.Optional;

/// Does as another policy says as long as the deadline can be kept whatever the spot markets do,
/// and goes on demand when it could not any more. If on-demand instances can always be had and
/// the job fits at all, it is done in time.
///
/// An order is safe if, should its instance be lost at the end of the tick, a restart on demand
/// and the rest of the work still fit. Progress is not lost with an instance, so that a spot
/// instance that makes progress stays safe once it is, however little time there is to spare.
///
/// @param policy what to follow
public record SafetyNet(DeadlinePolicy policy) implements DeadlinePolicy {
    @Override
    public Order next(JobView view) {
        Order wanted = policy.next(view);
        if (wanted instanceof Order.Probe || isSafe(view, wanted)) {
            return wanted;
        }
        Order stay = new Order.Stay("after anything else the deadline could be missed");
        if (view.held().isPresent() && isSafe(view, stay)) {
            return stay;
        }
        return view.go(view.onDemandZone(), Market.ON_DEMAND, "no time is left for anything else");
    }

    private static boolean isSafe(JobView view, Order order) {
        Optional<Holding> holding = after(view, order);
        double tick = view.terms().tickHours();
        double overhead = holding.map(Holding::overheadLeftHours).orElse(0.0);
        double progress = holding.isPresent() ? Math.max(0, tick - overhead) : 0;
        double workLeft = view.workLeftHours() - progress;
        boolean stays = holding.isPresent() && !holding.get().isSpot();
        double needed = workLeft <= Rounding.HOURS
                ? 0
                : workLeft
                        + (stays ? Math.max(0, overhead - tick) : view.terms().restartHours());
        return needed <= view.timeLeftHours() - tick + Rounding.HOURS;
    }

    /// What is held when the order has been carried out.
    private static Optional<Holding> after(JobView view, Order order) {
        return switch (order) {
            case Order.Stay _ -> view.held();
            case Order.Probe _ -> view.held();
            case Order.Wait _ -> Optional.empty();
            case Order.Launch launch -> Optional.of(launched(view, launch.zone(), launch.market()));
            case Order.Move move -> Optional.of(launched(view, move.zone(), move.market()));
        };
    }

    private static Holding launched(JobView view, int zone, Market market) {
        return new Holding(zone, market, view.nowHours(), view.restartHours(zone));
    }
}
