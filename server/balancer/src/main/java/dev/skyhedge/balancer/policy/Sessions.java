package dev.skyhedge.balancer.policy;

/// The `session` policy: weighted rendezvous hashing with bounded load. Pure.
///
/// Each key ranks the targets by `-w / ln(u)` with `u` drawn by a hash of key and target, so that a target that goes
/// moves its own keys and no others (Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", 1998).
/// The first in rank whose load stays bounded serves. The bound is `max(1.25 * mean, mean + 2)`: without the absolute
/// part small loads spill all the time.
final class Sessions {
    private static final double SHARE_ABOVE_MEAN = 1.25;
    private static final double REQUESTS_ABOVE_MEAN = 2;
    private static final double STEPS_OF_UNIT = 0x1p-53;

    private Sessions() {}

    /// Chooses a candidate.
    ///
    /// @param key of the session
    /// @param strict the first in rank serves, however loaded it is
    /// @return its index, or -1 if none is eligible
    static int choose(Candidates candidates, long key, boolean strict) {
        double bound = strict ? Double.POSITIVE_INFINITY : bound(candidates);
        int first = -1;
        int firstBounded = -1;
        for (int index = 0; index < candidates.size(); index++) {
            if (candidates.eligible(index)) {
                first = higher(candidates, first, index, key);
                if (candidates.load(index) + 1 <= bound) {
                    firstBounded = higher(candidates, firstBounded, index, key);
                }
            }
        }
        return firstBounded >= 0 ? firstBounded : first;
    }

    /// Of two the one that is higher in rank. Where they weigh the same, no logarithm is needed.
    private static int higher(Candidates candidates, int best, int index, long key) {
        if (best < 0) {
            return index;
        }
        double weight = candidates.settledWeight(index);
        double bestWeight = candidates.settledWeight(best);
        double unit = unit(candidates, index, key);
        double bestUnit = unit(candidates, best, key);
        boolean isHigher =
                weight == bestWeight ? unit > bestUnit : -weight / Math.log(unit) > -bestWeight / Math.log(bestUnit);
        return isHigher ? index : best;
    }

    /// The load that nobody is to exceed with the request.
    static double bound(Candidates candidates) {
        double sum = 0;
        int eligible = 0;
        for (int index = 0; index < candidates.size(); index++) {
            if (candidates.eligible(index)) {
                sum += candidates.load(index);
                eligible++;
            }
        }
        double mean = eligible == 0 ? 0 : sum / eligible;
        return Math.max(SHARE_ABOVE_MEAN * mean, mean + REQUESTS_ABOVE_MEAN);
    }

    private static double unit(Candidates candidates, int index, long key) {
        long hash = Mix.of(key ^ Mix.of(candidates.identity(index)));
        return ((hash >>> 11) + 0.5) * STEPS_OF_UNIT;
    }
}
