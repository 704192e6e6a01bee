package dev.skyhedge.balancer.policy;

/// The `least_load` policy: least `(load + 1) / weight`. Pure.
final class LeastLoad {
    private LeastLoad() {}

    /// Chooses a candidate.
    ///
    /// @param offset where the search begins; a caller that rotates it makes ties rotate
    /// @return its index, or -1 if none is eligible
    static int choose(Candidates candidates, int offset) {
        int size = candidates.size();
        int start = size == 0 ? 0 : Math.floorMod(offset, size);
        int best = -1;
        double bestLoad = Double.POSITIVE_INFINITY;
        for (int step = 0; step < size; step++) {
            int index = (start + step) % size;
            if (candidates.eligible(index)) {
                double load = (candidates.load(index) + 1) / candidates.weight(index);
                if (load < bestLoad) {
                    best = index;
                    bestLoad = load;
                }
            }
        }
        return best;
    }
}
