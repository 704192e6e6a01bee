package dev.skyhedge.engine.accelerators;

import java.util.Collections;
import java.util.List;

/// Finds the least of a linear program. The same program gets the same answer, unless time runs
/// out.
public interface LinearSolver {
    Solution solve(LinearModel model, Limits limits);

    /// @param values of each column; empty without an answer
    /// @param bound nothing is better than this
    record Solution(Status status, List<Double> values, double objective, double bound) {
        public Solution {
            values = Collections.unmodifiableList(values);
        }

        public static Solution none(Status status) {
            return new Solution(status, List.of(), Double.NaN, Double.NEGATIVE_INFINITY);
        }
    }

    enum Status {
        OPTIMAL,
        /// Time ran out with an answer that may not be the best.
        FEASIBLE,
        INFEASIBLE,
        /// Time ran out without an answer.
        TIMEOUT
    }
}
