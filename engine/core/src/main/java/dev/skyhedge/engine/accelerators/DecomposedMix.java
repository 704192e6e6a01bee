package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearSolver.Solution;
import dev.skyhedge.engine.accelerators.LinearSolver.Status;
import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The cheapest mix, for markets with many zones: it chooses how many of each accelerator first,
/// and only then who serves what, and where to buy. Costs are those of [CheapestMix]; which one of
/// equally cheap mixes comes out may differ, and is always the same. What it cannot serve as a
/// whole it leaves to the other, except for buckets that nothing can serve.
public final class DecomposedMix implements AllocationSolver {
    /// How much looking for whole slices is worth in one answer, in columns of programs: twenty times
    /// for sixty buckets on eight accelerators. After these, counts that are hard to judge are taken
    /// for too few.
    private static final int COLUMNS = 10_000;

    /// Such programs that may run out of time, each of which has its part of the answer's.
    private static final int TIMEOUTS = 4;

    /// Programs in one answer of where to buy, or of why slices do not fit: milliseconds each.
    private static final int PROGRAMS = 400;

    private final LinearSolver solver;

    public DecomposedMix(LinearSolver solver) {
        this.solver = solver;
    }

    @Override
    public Allocation solve(Problem problem, Limits limits) {
        Offers offers = Offers.of(problem);
        List<Bucket> impossible = new Work(problem, offers).impossible();
        if (!impossible.isEmpty()) {
            return without(impossible, problem, limits);
        }
        Search search = new Search(problem, offers, limits);
        return search.answer().orElseGet(() -> new CheapestMix(solver).solve(problem, limits));
    }

    /// What nothing can serve is short whatever is rented.
    private Allocation without(List<Bucket> impossible, Problem problem, Limits limits) {
        SortedMap<Bucket, Double> rates = new TreeMap<>(problem.rates().perSecond());
        impossible.forEach(rates::remove);
        Problem.Rules rules = problem.rules();
        Allocation rest = solve(
                new Problem(
                        problem.profile(),
                        new RequestRates(rates),
                        problem.rentals(),
                        new Problem.Rules(rules.slices(), 0, rules.maxReplicas(), rules.maxUsdPerHour(), rules.caps())),
                limits);
        SortedMap<Bucket, Integer> missing = new TreeMap<>(rest.shortSlices());
        SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices = new TreeMap<>(rest.slices());
        impossible.forEach(bucket -> {
            missing.put(bucket, rules.slices());
            slices.put(bucket, new TreeMap<>());
        });
        return new Allocation(rest.status(), rest.replicas(), slices, missing, rest.usdPerHour(), rest.gap());
    }

    private final class Search {
        private final Problem problem;
        private final Offers offers;
        private final Limits limits;
        private final Work work;
        private final CountSearch counts;
        private final List<double[]> refused = new ArrayList<>();
        private final WorkCut around;
        private int programs;
        private int columns;
        private int timeouts;
        private boolean unsure;
        private double best = Double.POSITIVE_INFINITY;
        private SortedMap<Rental, Integer> replicas = new TreeMap<>();
        private int[][] shares = new int[0][];

        Search(Problem problem, Offers offers, Limits limits) {
            this.problem = problem;
            this.offers = offers;
            this.limits = limits;
            this.work = new Work(problem, offers);
            List<CountCosts> costs = new ArrayList<>();
            for (int a = 0; a < work.accelerators.size(); a++) {
                Accelerator accelerator = work.accelerators.get(a);
                costs.add(new CountCosts(accelerator, offers, usefulMost(a, accelerator)));
            }
            counts = new CountSearch(costs, problem.rules().maxReplicas(), limits.gap(), this::judge);
            counts.add(WorkCut.fleet(costs.size(), problem.rules().minReplicas()));
            List<WorkCut> first = WorkCut.around(costs, work);
            first.forEach(counts::add);
            around = first.getLast();
        }

        /// All that it can serve, or all that there have to be; one elsewhere; what is there.
        private int usefulMost(int place, Accelerator accelerator) {
            int there = problem.rentals().entrySet().stream()
                    .filter(entry -> entry.getKey().accelerator().equals(accelerator))
                    .mapToInt(entry ->
                            Math.max(entry.getValue().now(), entry.getValue().atLeast()))
                    .sum();
            double busy = Math.ceil(Math.min(RentalTerms.UNBOUNDED, work.most(place)));
            return (int) Math.max(Math.max(busy, problem.rules().minReplicas()) + 1, there);
        }

        Optional<Allocation> answer() {
            counts.run();
            if (best == Double.POSITIVE_INFINITY) {
                return Optional.empty();
            }
            double whole = best + offers.constant();
            double gap = Math.max(0, best - (unsure ? counts.root() : counts.bound()));
            boolean proved = gap <= Math.max(1e-9, limits.gap() * Math.abs(whole));
            return Optional.of(new Allocation(
                    proved ? Status.OPTIMAL : Status.FEASIBLE,
                    replicas,
                    slices(),
                    new TreeMap<>(),
                    replicas.entrySet().stream()
                            .mapToDouble(entry -> entry.getValue() * price(entry.getKey()))
                            .sum(),
                    gap / Math.max(1e-9, Math.abs(whole))));
        }

        private double price(Rental rental) {
            return Optional.ofNullable(problem.rentals().get(rental))
                    .orElseThrow()
                    .usdPerHour();
        }

        private SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices() {
            SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices = new TreeMap<>();
            for (int b = 0; b < shares.length; b++) {
                SortedMap<Accelerator, Integer> of = new TreeMap<>();
                for (int a = 0; a < shares[b].length; a++) {
                    if (shares[b][a] > 0) {
                        of.put(work.accelerators.get(a), shares[b][a]);
                    }
                }
                slices.put(work.buckets.get(b), of);
            }
            return slices;
        }

        /// The cost of these counts, if they do.
        private double judge(double[] at) {
            if (refused.stream().anyMatch(too -> isWithin(at, too))) {
                return Double.POSITIVE_INFINITY;
            }
            Optional<WorkCut> cut = WorkCut.against(at, around, work);
            if (cut.isPresent()) {
                counts.add(cut.get());
                return Double.POSITIVE_INFINITY;
            }
            Optional<SortedMap<Rental, Integer>> bought = bought(at);
            if (bought.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            double cost = cost(bought.get());
            if (cost >= best) {
                return cost;
            }
            Optional<int[][]> fit = GreedyShares.fit(work, at, around.worth).or(() -> exactly(at));
            if (fit.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            best = cost;
            replicas = bought.get();
            shares = fit.get();
            return cost;
        }

        private Optional<SortedMap<Rental, Integer>> bought(double[] at) {
            if (!offers.tied()) {
                SortedMap<Accelerator, Integer> whole = new TreeMap<>();
                for (int a = 0; a < at.length; a++) {
                    whole.put(work.accelerators.get(a), (int) at[a]);
                }
                return Optional.of(offers.cheapest(whole));
            }
            LotsModel model = new LotsModel(problem, offers, work, at);
            return run(model.program())
                    .filter(solution -> !solution.values().isEmpty())
                    .map(model::replicas);
        }

        /// As the search reckons: with starts, without what ending all would cost.
        private double cost(SortedMap<Rental, Integer> bought) {
            double cost = -offers.constant();
            for (var entry : problem.rentals().entrySet()) {
                int count = bought.getOrDefault(entry.getKey(), 0);
                RentalTerms terms = entry.getValue();
                cost += count * terms.usdPerHour() + terms.startUsd() * Math.abs(count - terms.now());
            }
            return cost;
        }

        private Optional<int[][]> exactly(double[] at) {
            SharesModel model = new SharesModel(work, at);
            Limits part = new Limits(limits.time().dividedBy(TIMEOUTS).plusNanos(1), limits.gap());
            columns += model.program().columns().size();
            Optional<Solution> solution = columns > COLUMNS || timeouts >= TIMEOUTS
                    ? Optional.empty()
                    : Optional.of(solver.solve(model.program(), part));
            if (solution.isPresent() && !solution.get().values().isEmpty()) {
                return Optional.of(model.slices(solution.get()));
            }
            Optional<WorkCut> cut = run(WorkCut.separation(at, work)).flatMap(worths -> WorkCut.read(worths, at, work));
            if (cut.isPresent()) {
                counts.add(cut.get());
            } else if (solution.isPresent() && solution.get().status() == Status.INFEASIBLE) {
                refused.add(at);
            } else {
                unsure = true;
                timeouts++;
            }
            return Optional.empty();
        }

        private Optional<Solution> run(LinearModel model) {
            if (programs++ >= PROGRAMS) {
                unsure = true;
                return Optional.empty();
            }
            return Optional.of(solver.solve(model, limits));
        }
    }

    private static boolean isWithin(double[] counts, double[] other) {
        for (int a = 0; a < counts.length; a++) {
            if (counts[a] > other[a]) {
                return false;
            }
        }
        return true;
    }
}
