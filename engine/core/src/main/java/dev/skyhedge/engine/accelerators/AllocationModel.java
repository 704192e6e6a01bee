package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearModel.Column;
import dev.skyhedge.engine.accelerators.LinearModel.Row;
import dev.skyhedge.engine.accelerators.LinearModel.Term;
import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The integer program of a problem: whole replicas of each rental, whole slices of each bucket
/// on each accelerator. Slices of a bucket are alike, so that they are counted, not named, which
/// is the program of the paper without its symmetry; and they go to accelerators, not to zones,
/// as all replicas of one accelerator serve alike.
final class AllocationModel {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final Problem problem;
    private final boolean mayBeShort;
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final SortedMap<Rental, Integer> replicas = new TreeMap<>();
    private final SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices = new TreeMap<>();
    private final SortedMap<Bucket, Integer> shortSlices = new TreeMap<>();

    /// @param mayBeShort whether buckets may stay without a server; then there may also be too
    ///     few replicas, as little is better than nothing
    AllocationModel(Problem problem, boolean mayBeShort) {
        this.problem = problem;
        this.mayBeShort = mayBeShort;
        problem.rentals()
                .forEach((rental, terms) ->
                        replicas.put(rental, column(terms.atLeast(), terms.atMost(), terms.usdPerHour())));
        problem.rates().perSecond().keySet().forEach(this::addBucket);
        problem.accelerators().forEach(this::addLoad);
        problem.rentals().forEach(this::addStarts);
        addRules();
    }

    private int column(double lower, double upper, double cost) {
        columns.add(new Column(lower, upper, cost, true));
        return columns.size() - 1;
    }

    private void addBucket(Bucket bucket) {
        int all = problem.rules().slices();
        SortedMap<Accelerator, Integer> servers = new TreeMap<>();
        for (Accelerator accelerator : problem.accelerators()) {
            // Whoever cannot hold one slice on all that there is has no column: rates near 0 are no numbers to reckon
            // with.
            if (loadOfSlice(accelerator, bucket) <= mostReplicas(accelerator)) {
                servers.put(accelerator, column(0, all, 0));
            }
        }
        slices.put(bucket, servers);
        List<Term> terms = ones(List.copyOf(servers.values()));
        if (mayBeShort) {
            int missing = column(0, all, 0);
            shortSlices.put(bucket, missing);
            terms.add(new Term(missing, 1));
        }
        rows.add(new Row(all, all, terms));
    }

    /// Infinite where it cannot serve them.
    private double loadOfSlice(Accelerator accelerator, Bucket bucket) {
        return problem.rates().perSecond().getOrDefault(bucket, 0.0)
                / problem.rules().slices()
                / problem.profile().maxRate(accelerator, bucket);
    }

    private double mostReplicas(Accelerator accelerator) {
        return problem.rentals().entrySet().stream()
                .filter(entry -> entry.getKey().accelerator().equals(accelerator))
                .mapToDouble(entry -> entry.getValue().atMost())
                .sum();
    }

    private void addLoad(Accelerator accelerator) {
        List<Term> terms = new ArrayList<>();
        slices.forEach((bucket, servers) -> {
            Integer column = servers.get(accelerator);
            if (column != null) {
                terms.add(new Term(column, loadOfSlice(accelerator, bucket)));
            }
        });
        replicas.forEach((rental, column) -> {
            if (rental.accelerator().equals(accelerator)) {
                terms.add(new Term(column, -1));
            }
        });
        rows.add(new Row(-INFINITE, 0, terms));
    }

    private void addStarts(Rental rental, RentalTerms terms) {
        if (terms.startUsd() > 0) {
            int up = column(0, RentalTerms.UNBOUNDED, terms.startUsd());
            int down = column(0, RentalTerms.UNBOUNDED, terms.startUsd());
            rows.add(new Row(
                    terms.now(),
                    terms.now(),
                    List.of(new Term(replicasOf(rental), 1), new Term(up, -1), new Term(down, 1))));
        }
    }

    private int replicasOf(Rental rental) {
        Integer column = replicas.get(rental);
        if (column == null) {
            throw new IllegalArgumentException("Nothing of the problem: " + rental);
        }
        return column;
    }

    private void addRules() {
        Problem.Rules rules = problem.rules();
        List<Term> all = ones(List.copyOf(replicas.values()));
        rows.add(new Row(mayBeShort ? 0 : rules.minReplicas(), rules.maxReplicas(), all));
        rules.maxUsdPerHour().ifPresent(most -> rows.add(new Row(-INFINITE, most, prices())));
        for (SharedCap cap : rules.caps()) {
            List<Integer> shared = replicas.entrySet().stream()
                    .filter(entry -> cap.rentals().contains(entry.getKey()))
                    .map(SortedMap.Entry::getValue)
                    .toList();
            rows.add(new Row(-INFINITE, cap.most(), ones(shared)));
        }
        if (rules.minReplicas() >= 2 && !mayBeShort) {
            addSpread();
        }
    }

    /// No zone has them all, where there are two.
    private void addSpread() {
        List<String> zones = problem.rentals().entrySet().stream()
                .filter(entry -> entry.getValue().atMost() > 0)
                .map(entry -> entry.getKey().location().toString())
                .distinct()
                .toList();
        if (zones.size() >= 2) {
            for (String zone : zones) {
                List<Integer> elsewhere = replicas.entrySet().stream()
                        .filter(entry -> !entry.getKey().location().toString().equals(zone))
                        .map(SortedMap.Entry::getValue)
                        .toList();
                rows.add(new Row(1, INFINITE, ones(elsewhere)));
            }
        }
    }

    private List<Term> prices() {
        List<Term> terms = new ArrayList<>();
        replicas.forEach(
                (_, column) -> terms.add(new Term(column, columns.get(column).cost())));
        return terms;
    }

    private static List<Term> ones(List<Integer> columns) {
        return new ArrayList<>(
                columns.stream().map(column -> new Term(column, 1)).toList());
    }

    LinearModel cheapest() {
        return new LinearModel(columns, rows);
    }

    /// Serves as much as it can, whatever it costs.
    LinearModel leastShort() {
        return withCosts(column -> shortSlices.containsValue(column) ? 1 : 0, rows);
    }

    LinearModel cheapestWithShort(int most) {
        return new LinearModel(columns, with(new Row(0, most, ones(List.copyOf(shortSlices.values())))));
    }

    /// The fewest replicas for no more than this, of those the first by name: what costs the same
    /// is told apart.
    LinearModel fewestReplicas(double cost, int mostShort) {
        List<Term> costs = IntStream.range(0, columns.size())
                .filter(column -> columns.get(column).cost() != 0)
                .mapToObj(column -> new Term(column, columns.get(column).cost()))
                .toList();
        List<Row> all = with(new Row(-INFINITE, cost, costs));
        all.add(new Row(0, mostShort, ones(List.copyOf(shortSlices.values()))));
        int rentals = replicas.size();
        return withCosts(column -> column < rentals ? 1 + 1e-4 * column : 0, all);
    }

    private List<Row> with(Row row) {
        List<Row> all = new ArrayList<>(rows);
        all.add(row);
        return all;
    }

    private LinearModel withCosts(IntToDoubleFunction cost, List<Row> rowsThen) {
        return new LinearModel(
                IntStream.range(0, columns.size())
                        .mapToObj(i -> {
                            Column column = columns.get(i);
                            return new Column(column.lower(), column.upper(), cost.applyAsDouble(i), column.whole());
                        })
                        .toList(),
                rowsThen);
    }

    /// What a solution says. Values are rounded: solvers know whole numbers to some digits only.
    ///
    /// @throws IllegalStateException if it is none of this program's
    Allocation read(LinearSolver.Solution solution, double gap) {
        SortedMap<Rental, Integer> counts = whole(replicas, solution);
        SortedMap<Bucket, SortedMap<Accelerator, Integer>> shares = new TreeMap<>();
        slices.forEach((bucket, servers) -> shares.put(bucket, whole(servers, solution)));
        double cost = counts.entrySet().stream()
                .mapToDouble(entry -> entry.getValue()
                        * columns.get(replicasOf(entry.getKey())).cost())
                .sum();
        Allocation allocation =
                new Allocation(solution.status(), counts, shares, whole(shortSlices, solution), cost, gap);
        for (Accelerator accelerator : problem.accelerators()) {
            int rented = allocation.byAccelerator().getOrDefault(accelerator, 0);
            if (allocation.load(problem, accelerator) > rented + 1e-5 * (1 + rented)) {
                throw new IllegalStateException("The solution overloads " + accelerator + ": " + allocation);
            }
        }
        return allocation;
    }

    private static <K extends Comparable<K>> SortedMap<K, Integer> whole(
            SortedMap<K, Integer> columns, LinearSolver.Solution solution) {
        SortedMap<K, Integer> values = new TreeMap<>();
        columns.forEach((key, column) -> {
            int rounded = WholeNumbers.of(solution.values().get(column));
            if (rounded != 0) {
                values.put(key, rounded);
            }
        });
        return Collections.unmodifiableSortedMap(values);
    }
}
