package dev.skyhedge.balancer.policy;

/// The `power_of_two` policy: of two distinct eligible targets, drawn evenly, the one with less `(load + 1) / weight`.
/// Pure; see Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
final class PowerOfTwo {
    private PowerOfTwo() {}

    /// Chooses a candidate.
    ///
    /// @param random 64 random bits
    /// @return its index, or -1 if none is eligible
    static int choose(Candidates candidates, long random) {
        int eligible = 0;
        for (int index = 0; index < candidates.size(); index++) {
            eligible += candidates.eligible(index) ? 1 : 0;
        }
        if (eligible == 0) {
            return -1;
        }
        int first = below(eligible, (int) (random >>> 32));
        int second = eligible == 1 ? first : below(eligible - 1, (int) random);
        second += eligible > 1 && second >= first ? 1 : 0;
        return lighter(candidates, first, second);
    }

    /// Draws an eligible one evenly.
    ///
    /// @return its index, or -1 if none is eligible
    static int draw(Candidates candidates, long random) {
        int eligible = 0;
        for (int index = 0; index < candidates.size(); index++) {
            eligible += candidates.eligible(index) ? 1 : 0;
        }
        int left = eligible == 0 ? 0 : below(eligible, (int) (random >>> 32));
        for (int index = 0; index < candidates.size(); index++) {
            if (candidates.eligible(index) && left-- == 0) {
                return index;
            }
        }
        return -1;
    }

    /// Spreads 32 random bits evenly over `0 .. bound - 1`.
    private static int below(int bound, int bits) {
        return (int) ((Integer.toUnsignedLong(bits) * bound) >>> 32);
    }

    /// What is eligible may change while it is asked: then the last one that was seen of the two counts, or none.
    private static int lighter(Candidates candidates, int first, int second) {
        int best = -1;
        double bestLoad = Double.POSITIVE_INFINITY;
        int seen = 0;
        for (int index = 0; index < candidates.size(); index++) {
            if (!candidates.eligible(index)) {
                continue;
            }
            double load = (candidates.load(index) + 1) / candidates.weight(index);
            if ((seen == first || seen == second) && load < bestLoad) {
                best = index;
                bestLoad = load;
            }
            seen++;
        }
        return best;
    }
}
