package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;

/// The store failed at its edge. Carries the problem that a user is shown.
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient StateProblem problem;

    public StateException(StateProblem problem, Throwable cause) {
        super(problem.summary() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public StateException(StateProblem problem) {
        super(problem.summary() + ": " + problem.detail());
        this.problem = problem;
    }

    public StateProblem problem() {
        return problem;
    }
}
