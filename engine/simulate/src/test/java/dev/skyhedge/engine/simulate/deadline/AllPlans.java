package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.JobTerms;

/// The least cost by trying everything in every tick, with its own accounts: for markets of a few
/// ticks.
///
/// @param market whose transfers are charged and take no time
record AllPlans(JobMarket market, JobTerms terms) {
    private static final int NOTHING = -1;
    private static final double DONE = 1e-9;

    double least() {
        return least(0, NOTHING, NOTHING, false, 0, terms.workHours());
    }

    /// @param at the zone of the checkpoint
    /// @param held the zone of the instance
    /// @param boot hours until the job goes on
    private double least(int tick, int at, int held, boolean onDemand, double boot, double work) {
        if (work <= DONE) {
            return 0;
        }
        if ((tick + 1) * terms.tickHours() > terms.deadlineHours() + DONE) {
            return Double.POSITIVE_INFINITY;
        }
        double best = least(tick + 1, at, NOTHING, false, 0, work);
        if (held != NOTHING && (onDemand || market.hasRoom(held, tick))) {
            best = Math.min(best, passed(tick, held, onDemand, boot, work));
        }
        for (int zone = 0; zone < market.zones().size(); zone++) {
            double moved =
                    at == NOTHING ? 0 : market.transfers().get(at).get(zone).dollars();
            best = Math.min(best, moved + passed(tick, zone, true, terms.restartHours(), work));
            if (market.hasRoom(zone, tick)) {
                best = Math.min(best, moved + passed(tick, zone, false, terms.restartHours(), work));
            }
        }
        return best;
    }

    private double passed(int tick, int zone, boolean onDemand, double boot, double work) {
        double hourly = onDemand ? market.zones().get(zone).onDemandPrice() : market.spotPrice(zone, tick);
        double progress = Math.max(0, terms.tickHours() - boot);
        double left = Math.max(0, boot - terms.tickHours());
        return hourly * terms.tickHours() + least(tick + 1, zone, zone, onDemand, left, work - progress);
    }
}
