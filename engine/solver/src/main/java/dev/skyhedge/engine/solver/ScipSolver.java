package dev.skyhedge.engine.solver;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearModel;
import dev.skyhedge.engine.accelerators.LinearSolver;
import java.util.ArrayList;
import java.util.List;

/// SCIP, in one thread and from one seed, by OR-Tools.
final class ScipSolver implements LinearSolver {
    /// @throws UnsatisfiedLinkError if there are no natives for this machine; what else the
    ///     loader throws, likewise
    ScipSolver() {
        Loader.loadNativeLibraries();
    }

    @Override
    public Solution solve(LinearModel model, Limits limits) {
        MPSolver solver = MPSolver.createSolver("SCIP");
        if (solver == null) {
            throw new IllegalStateException("OR-Tools has no SCIP");
        }
        MPSolverParameters parameters = new MPSolverParameters();
        try {
            List<MPVariable> variables = fill(solver, model);
            solver.setTimeLimit(limits.time().toMillis());
            solver.setNumThreads(1);
            parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, limits.gap());
            return solution(solver, solver.solve(parameters), variables);
        } finally {
            parameters.delete();
            solver.delete();
        }
    }

    private static List<MPVariable> fill(MPSolver solver, LinearModel model) {
        List<MPVariable> variables = new ArrayList<>();
        for (LinearModel.Column column : model.columns()) {
            MPVariable variable = column.whole()
                    ? solver.makeIntVar(column.lower(), column.upper(), "")
                    : solver.makeNumVar(column.lower(), column.upper(), "");
            variables.add(variable);
            solver.objective().setCoefficient(variable, column.cost());
        }
        for (LinearModel.Row row : model.rows()) {
            MPConstraint constraint = solver.makeConstraint(row.lower(), row.upper());
            row.terms().forEach(term -> constraint.setCoefficient(variables.get(term.column()), term.factor()));
        }
        solver.objective().setMinimization();
        return variables;
    }

    private static Solution solution(MPSolver solver, MPSolver.ResultStatus status, List<MPVariable> variables) {
        return switch (status) {
            case OPTIMAL -> answer(solver, Status.OPTIMAL, variables);
            case FEASIBLE -> answer(solver, Status.FEASIBLE, variables);
            case INFEASIBLE -> Solution.none(Status.INFEASIBLE);
            case NOT_SOLVED -> Solution.none(Status.TIMEOUT);
            case UNBOUNDED, ABNORMAL, MODEL_INVALID -> throw new IllegalStateException("The program is " + status);
        };
    }

    private static Solution answer(MPSolver solver, Status status, List<MPVariable> variables) {
        return new Solution(
                status,
                variables.stream().map(MPVariable::solutionValue).toList(),
                solver.objective().value(),
                solver.objective().bestBound());
    }
}
