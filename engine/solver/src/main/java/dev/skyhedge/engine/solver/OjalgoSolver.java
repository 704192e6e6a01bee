package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearModel;
import dev.skyhedge.engine.accelerators.LinearSolver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/// ojAlgo's branch and bound, in pure Java and one thread: tens of times slower than SCIP, and
/// everywhere.
final class OjalgoSolver implements LinearSolver {
    @Override
    public Solution solve(LinearModel model, Limits limits) {
        ExpressionsBasedModel program = new ExpressionsBasedModel();
        fill(program, model);
        program.options.time_suffice = limits.time().toMillis();
        program.options.time_abort = limits.time().toMillis();
        program.options.integer(IntegerStrategy.newConfigurable()
                .withParallelism(() -> 1)
                .withGapTolerance(NumberContext.of(digits(limits.gap()), 9)));
        Optimisation.Result result = program.minimise();
        Optimisation.State state = result.getState();
        if (state.isFeasible()) {
            return answer(state.isOptimal() ? Status.OPTIMAL : Status.FEASIBLE, model, result, limits.gap());
        }
        return Solution.none(state == Optimisation.State.INFEASIBLE ? Status.INFEASIBLE : Status.TIMEOUT);
    }

    /// The significant digits that a relative gap leaves.
    private static int digits(double gap) {
        return gap <= 0 ? 12 : Math.clamp(Math.round(-Math.log10(gap)) + 1, 1, 12);
    }

    private static void fill(ExpressionsBasedModel program, LinearModel model) {
        List<Variable> variables = new ArrayList<>();
        for (LinearModel.Column column : model.columns()) {
            Variable variable = program.newVariable("x" + variables.size())
                    .integer(column.whole())
                    .lower(column.lower())
                    .weight(column.cost());
            if (Double.isFinite(column.upper())) {
                variable.upper(column.upper());
            }
            variables.add(variable);
        }
        for (LinearModel.Row row : model.rows()) {
            Expression expression = program.newExpression("r" + program.countExpressions());
            row.terms().forEach(term -> expression.set(variables.get(term.column()), term.factor()));
            if (Double.isFinite(row.lower())) {
                expression.lower(row.lower());
            }
            if (Double.isFinite(row.upper())) {
                expression.upper(row.upper());
            }
        }
    }

    private static Solution answer(Status status, LinearModel model, Optimisation.Result result, double gap) {
        List<Double> values = LongStream.range(0, model.columns().size())
                .mapToObj(result::doubleValue)
                .toList();
        double objective = 0;
        for (int i = 0; i < values.size(); i++) {
            objective += values.get(i) * model.columns().get(i).cost();
        }
        // It says nothing of its bound.
        double bound = status == Status.OPTIMAL ? objective - gap * Math.abs(objective) : Double.NEGATIVE_INFINITY;
        return new Solution(status, values, objective, bound);
    }
}
