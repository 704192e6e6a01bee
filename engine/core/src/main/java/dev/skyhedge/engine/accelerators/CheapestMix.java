package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearSolver.Solution;
import dev.skyhedge.engine.accelerators.LinearSolver.Status;
import dev.skyhedge.spi.Accelerator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// The cheapest mix, as an integer program. If there is none that serves everything, one that
/// serves the most, and of those the cheapest. Of what costs the same: the fewest replicas, then
/// the first by name.
public final class CheapestMix implements AllocationSolver {
    private final LinearSolver solver;

    public CheapestMix(LinearSolver solver) {
        this.solver = solver;
    }

    @Override
    public Allocation solve(Problem problem, Limits limits) {
        AllocationModel whole = new AllocationModel(problem, false);
        Solution solution = solver.solve(whole.cheapest(), limits);
        return switch (solution.status()) {
            case OPTIMAL, FEASIBLE -> toldApart(whole, solution, 0, limits);
            case INFEASIBLE -> partly(new AllocationModel(problem, true), limits);
            case TIMEOUT -> Allocation.none(Status.TIMEOUT);
        };
    }

    private Allocation partly(AllocationModel model, Limits limits) {
        Solution served = solver.solve(model.leastShort(), limits);
        if (served.values().isEmpty()) {
            return Allocation.none(served.status());
        }
        int most = Math.toIntExact(Math.round(served.objective()));
        Solution cheapest = solver.solve(model.cheapestWithShort(most), limits);
        return cheapest.values().isEmpty() ? model.read(served, gap(served)) : toldApart(model, cheapest, most, limits);
    }

    private Allocation toldApart(AllocationModel model, Solution cheapest, int mostShort, Limits limits) {
        Allocation first = model.read(cheapest, gap(cheapest));
        if (cheapest.status() != Status.OPTIMAL) {
            return first;
        }
        double cost = cheapest.objective();
        Solution fewest = solver.solve(model.fewestReplicas(cost + 1e-7, mostShort), limits);
        if (fewest.values().isEmpty()) {
            return first;
        }
        Allocation second =
                model.read(new Solution(Status.OPTIMAL, fewest.values(), cost, cheapest.bound()), first.gap());
        return second.usdPerHour() <= first.usdPerHour() + 1e-6 || second.usdPerHour() <= cost ? second : first;
    }

    private static double gap(Solution solution) {
        return Math.max(0, solution.objective() - solution.bound()) / Math.max(Math.abs(solution.objective()), 1e-9);
    }

    /// What no mix is cheaper than, in USD per hour with what starts cost: replicas and slices
    /// need not be whole. Empty if nothing serves the whole load.
    public OptionalDouble lowerBound(Problem problem, Limits limits) {
        Solution solution =
                solver.solve(new AllocationModel(problem, false).cheapest().relaxed(), limits);
        return solution.status() == Status.OPTIMAL ? OptionalDouble.of(solution.objective()) : OptionalDouble.empty();
    }

    /// What it would be with one accelerator alone, for each that could serve everything.
    public SortedMap<Accelerator, Allocation> singles(Problem problem, Limits limits) {
        SortedMap<Accelerator, Allocation> singles = new TreeMap<>();
        for (Accelerator accelerator : problem.accelerators()) {
            Optional.of(solve(problem.only(rental -> rental.accelerator().equals(accelerator)), limits))
                    .filter(Allocation::servesAll)
                    .ifPresent(alone -> singles.put(accelerator, alone));
        }
        return singles;
    }
}
