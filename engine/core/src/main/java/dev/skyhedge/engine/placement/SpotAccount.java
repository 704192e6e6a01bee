package dev.skyhedge.engine.placement;

import dev.skyhedge.state.records.ZoneHealth.Memory;
import java.time.Duration;

/// What spot has saved below on-demand of late, and what of it may be spent on trying again: with a limit to what
/// bad luck may cost, spot is never much dearer than on-demand throughout, whatever the market does.
///
/// Each hour of a spot replica brings the difference of the two prices. Each of its starts costs a cold start of
/// on-demand, for as long as nothing is served by it. Both come from the memory of the zones, which fades, so that a
/// market that went wrong is tried again after a day or two. Services that share zones share what those have earned.
final class SpotAccount {
    /// For so many cold starts after a loss more may stand by than all on-demand would cost: a loss often comes with
    /// a second one within five minutes.
    private static final int HASTE_IN_COLD_STARTS = 4;

    /// How much longer than a cold start two are paid for: until the new one is known to serve and the old one is gone.
    private static final double HAND_OVER = 1.5;

    private static final double MILLIS_PER_HOUR = 3_600_000.0;
    private static final double ROUNDING = 1e-6;

    /// In hours of a usual spot replica, as all below.
    private final double balance;

    /// What is left of it if each loss had been hasty.
    private final double afterHaste;

    /// What a start costs at most that comes to nothing: its own price until that is known.
    private final double atRisk;

    private final double credit;
    private final boolean isUnlimited;
    private final boolean isFreshLoss;
    private final int asked;

    /// @param wanted replicas that are not to be on-demand anyway
    /// @param standsIn whether on-demand stands in: what is missing is not paid for otherwise
    SpotAccount(PlacementRequest request, Pools pools, int wanted, boolean standsIn) {
        double coldStart = request.coldStart().toMillis() / MILLIS_PER_HOUR;
        double onDemand = pools.onDemandPrice();
        this.isUnlimited = !standsIn || onDemand == Double.POSITIVE_INFINITY || coldStart <= 0;
        double perStart = onDemand * coldStart * HAND_OVER;
        double dearest = pools.list().stream().mapToDouble(Pool::price).max().orElse(1);
        this.atRisk = Math.min(dearest, onDemand) * coldStart * HAND_OVER;
        this.credit = wanted * perStart;
        this.asked = pools.asked();
        Duration haste = request.coldStart().multipliedBy(HASTE_IN_COLD_STARTS);
        double perLoss = (wanted + 1) * coldStart * HASTE_IN_COLD_STARTS;
        double sum = 0;
        double hasty = 0;
        boolean anyFresh = false;
        for (Pools.Remembered pool : pools.remembered()) {
            Memory memory = ZoneMemory.at(pool.history(), request.now());
            sum += (onDemand - pool.price()) * ZoneMemory.rentedHours(memory) - perStart * ZoneMemory.starts(memory);
            hasty += perLoss * ZoneMemory.losses(memory);
            anyFresh |= pool.history()
                    .lostAt()
                    .filter(at -> at.plus(haste).isAfter(request.now()))
                    .isPresent();
        }
        this.balance = sum;
        this.afterHaste = sum - hasty;
        this.isFreshLoss = anyFresh;
    }

    /// How many more launches on spot it is enough for. To begin with there is a cold start of all on-demand to lose.
    int affordableStarts() {
        if (isUnlimited) {
            return Integer.MAX_VALUE;
        }
        return (int) Math.clamp(Math.floor((balance + credit) / atRisk + ROUNDING) - asked, 0, Integer.MAX_VALUE);
    }

    /// Whether a loss is so fresh, and so much was saved, that more may stand by than all on-demand would cost.
    boolean affordsHaste() {
        return isUnlimited || (isFreshLoss && afterHaste > credit);
    }
}
