package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What to rent at a rate, beside what is rented. Rates are taken in steps of a twentieth, so
/// that most questions were asked before; answers are kept for the questions that were asked last.
/// Not thread-safe.
public final class QuickMixes {
    /// Answers that are kept: more than a year of a service's rates has, and a few megabytes.
    static final int KEPT = 2_000;

    private static final double STEP = 1.05;

    /// The lowest rate that fleets are made for, in requests per second: somebody may always come.
    private static final double LEAST = 0.01;

    private final AllocationSolver solver;
    private final Limits limits;
    private final Problem atOne;
    private final double startShare;
    private final Map<Question, Allocation> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Allocation> eldest) {
            return size() > KEPT;
        }
    };

    /// @param atOne the problem at one request per second
    /// @param startShare what starting one replica costs, in parts of its hourly price
    public QuickMixes(AllocationSolver solver, Limits limits, Problem atOne, double startShare) {
        this.solver = solver;
        this.limits = limits;
        this.atOne = atOne;
        this.startShare = startShare;
    }

    /// What was asked: what to rent, or whether a mix serves.
    private sealed interface Question {
        record Beside(long step, SortedMap<Rental, Integer> now) implements Question {}

        record Within(long step, SortedMap<Accelerator, Integer> mix) implements Question {}
    }

    /// Enough for this rate.
    ///
    /// @param now what is rented; what is kept of it needs no start
    public Allocation atLeast(double requestsPerSecond, SortedMap<Rental, Integer> now) {
        return beside(stepAbove(requestsPerSecond), now);
    }

    /// No dearer than whatever is enough for this rate.
    public Allocation atMost(double requestsPerSecond) {
        return beside(Math.round(Math.floor(steps(requestsPerSecond))), new TreeMap<>());
    }

    /// Whether replicas serve this rate, wherever they are. No, if time runs out before that is known.
    ///
    /// @param mix replicas of each accelerator
    public boolean serves(SortedMap<Accelerator, Integer> mix, double requestsPerSecond) {
        long step = stepAbove(requestsPerSecond);
        return known.computeIfAbsent(
                        new Question.Within(step, new TreeMap<>(mix)),
                        question -> solver.solve(within(mix).atRate(Math.pow(STEP, step)), limits))
                .servesAll();
    }

    private Allocation beside(long step, SortedMap<Rental, Integer> now) {
        return known.computeIfAbsent(new Question.Beside(step, new TreeMap<>(now)), question -> {
            Problem problem = atOne.atRate(Math.pow(STEP, step));
            if (!now.isEmpty()) {
                for (Map.Entry<Rental, RentalTerms> rental : atOne.rentals().entrySet()) {
                    RentalTerms terms = rental.getValue();
                    problem = problem.with(
                            rental.getKey(),
                            terms.withNow(now.getOrDefault(rental.getKey(), 0), startShare * terms.usdPerHour()));
                }
            }
            return solver.solve(problem, limits);
        });
    }

    /// The same load with no more than this mix to serve it: one rental for each accelerator.
    private Problem within(SortedMap<Accelerator, Integer> mix) {
        Set<Accelerator> had = new HashSet<>();
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        atOne.rentals().forEach((rental, terms) -> {
            int number = mix.getOrDefault(rental.accelerator(), 0);
            if (had.add(rental.accelerator())) {
                rentals.put(rental, RentalTerms.at(terms.usdPerHour()).withAtMost(number));
            }
        });
        Problem.Rules free = Problem.Rules.FREE;
        return new Problem(
                atOne.profile(),
                atOne.rates(),
                rentals,
                new Problem.Rules(
                        atOne.rules().slices(),
                        free.minReplicas(),
                        free.maxReplicas(),
                        free.maxUsdPerHour(),
                        free.caps()));
    }

    private static long stepAbove(double rate) {
        return Math.round(Math.ceil(steps(rate) - 1e-9));
    }

    private static double steps(double rate) {
        return Math.log(Math.max(rate, LEAST)) / Math.log(STEP);
    }
}
