package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.AllocationSolver;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What to rent at a rate, beside what is rented. Rates are taken in steps of a twentieth, so
/// that most questions were asked before.
public final class Mixer {
    private static final double STEP = 1.05;

    /// The lowest rate that fleets are made for, in requests per second: somebody may always come.
    private static final double LEAST = 0.01;

    private final AllocationSolver solver;
    private final Limits limits;
    private final Problem atOne;
    private final double startShare;
    private final Map<Question, Allocation> known = new HashMap<>();

    /// @param atOne the problem at one request per second, without headroom
    /// @param startShare what starting one replica costs, in parts of its hourly price
    public Mixer(AllocationSolver solver, Limits limits, Problem atOne, double startShare) {
        this.solver = solver;
        this.limits = limits;
        this.atOne = atOne;
        this.startShare = startShare;
    }

    private record Question(long step, SortedMap<Rental, Integer> now) {}

    /// Enough for this rate.
    Allocation atLeast(double requestsPerSecond, SortedMap<Rental, Integer> now) {
        return at(Math.ceil(steps(requestsPerSecond) - 1e-9), now);
    }

    /// No dearer than whatever is enough for this rate.
    Allocation atMost(double requestsPerSecond) {
        return at(Math.floor(steps(requestsPerSecond)), new TreeMap<>());
    }

    private static double steps(double rate) {
        return Math.log(Math.max(rate, LEAST)) / Math.log(STEP);
    }

    private Allocation at(double step, SortedMap<Rental, Integer> now) {
        return known.computeIfAbsent(new Question(Math.round(step), now), question -> {
            Problem problem = atOne.atRate(Math.pow(STEP, question.step()));
            if (!question.now().isEmpty()) {
                for (Map.Entry<Rental, RentalTerms> rental : atOne.rentals().entrySet()) {
                    RentalTerms terms = rental.getValue();
                    problem = problem.with(
                            rental.getKey(),
                            terms.withNow(
                                    question.now().getOrDefault(rental.getKey(), 0), startShare * terms.usdPerHour()));
                }
            }
            return solver.solve(problem, limits);
        });
    }
}
