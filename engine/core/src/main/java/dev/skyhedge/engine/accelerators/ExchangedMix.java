package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearSolver.Status;
import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// A cheap mix without any program to solve: it exchanges replicas as long as that is cheaper and
/// everything is served still. It needs no library, asks no clock and says the same each time, so
/// that a planner may ask it. What it finds may cost more than the cheapest; the gap says how
/// much at most.
///
/// One rental for each accelerator, no caps, no budget and nothing that starts: what such rules
/// ask for needs a program, see [DecomposedMix].
public final class ExchangedMix implements AllocationSolver {
    /// Of the places to start from, those that cost the least.
    private static final int STARTS = 4;

    /// That are exchanged at once for others of one accelerator.
    private static final int MOST_EXCHANGED = 2;

    /// That may come in their place of one accelerator.
    private static final int MOST_INSTEAD = 64;

    /// Cuts that are kept to refuse counts by.
    private static final int CUTS = 64;

    @Override
    public Allocation solve(Problem problem, Limits limits) {
        Offers offers = Offers.of(problem);
        if (offers.tied() || offers.constant() != 0) {
            throw new IllegalArgumentException("Such rules need a program: " + problem.rules());
        }
        Work work = new Work(problem, offers);
        if (!work.impossible().isEmpty()) {
            return Allocation.none(Status.INFEASIBLE);
        }
        return new Search(problem, offers, work).answer();
    }

    /// What no mix is cheaper than, in USD per hour: each bucket where it costs the least, on
    /// parts of replicas. Bounds on numbers are not looked at. Empty if nothing serves a bucket.
    public static OptionalDouble lowerBound(Problem problem) {
        double sum = 0;
        for (var bucket : problem.rates().perSecond().entrySet()) {
            double least = Double.POSITIVE_INFINITY;
            for (var rental : problem.rentals().entrySet()) {
                double most = problem.profile().maxRate(rental.getKey().accelerator(), bucket.getKey());
                least = Math.min(
                        least, bucket.getValue() / most * rental.getValue().usdPerHour());
            }
            sum += least;
        }
        return Double.isInfinite(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private record Found(double[] counts, int[][] shares, double cost) {}

    private static final class Search {
        private final Problem problem;
        private final Offers offers;
        private final Work work;
        private final int size;
        private final double[] prices;
        private final int[] least;
        private final int[] most;
        private final List<WorkCut> cuts = new ArrayList<>();

        Search(Problem problem, Offers offers, Work work) {
            this.problem = problem;
            this.offers = offers;
            this.work = work;
            size = work.accelerators.size();
            prices = new double[size];
            least = new int[size];
            most = new int[size];
            problem.rentals().forEach((rental, terms) -> {
                int a = work.accelerators.indexOf(rental.accelerator());
                prices[a] = terms.usdPerHour();
                least[a] = terms.atLeast();
                most[a] = terms.atMost();
            });
            cuts.add(WorkCut.of(prices, work));
        }

        Allocation answer() {
            List<Found> starts = starts();
            Optional<Found> best =
                    starts.stream().limit(STARTS).map(this::improved).min(Comparator.comparingDouble(Found::cost));
            return best.map(this::allocation).orElseGet(() -> Allocation.none(Status.TIMEOUT));
        }

        /// The cheapest first: what each bucket costs the least on, among all, among each two,
        /// and on each alone.
        private List<Found> starts() {
            List<Found> starts = new ArrayList<>();
            boolean[] all = new boolean[size];
            Arrays.fill(all, true);
            start(all).ifPresent(starts::add);
            for (int a = 0; a < size; a++) {
                for (int b = a; b < size; b++) {
                    boolean[] some = new boolean[size];
                    some[a] = true;
                    some[b] = true;
                    start(some).ifPresent(starts::add);
                }
            }
            starts.sort(Comparator.comparingDouble(Found::cost));
            return starts;
        }

        private Optional<Found> start(boolean[] among) {
            double[] loads = new double[size];
            double[] room = new double[size];
            for (int a = 0; a < size; a++) {
                room[a] = among[a] ? most[a] : least[a];
            }
            for (int b = 0; b < work.buckets.size(); b++) {
                double left = 1;
                for (int a : cheapestFirst(b)) {
                    double part = Math.min(left, (room[a] - loads[a]) / work.of(b, a));
                    loads[a] += part > 0 ? part * work.of(b, a) : 0;
                    left -= Math.max(0, part);
                }
                if (left > 1e-9) {
                    return Optional.empty();
                }
            }
            double[] counts = new double[size];
            for (int a = 0; a < size; a++) {
                counts[a] = Math.max(least[a], Math.ceil(loads[a] - 1e-9));
            }
            return whole(counts);
        }

        private List<Integer> cheapestFirst(int bucket) {
            List<Integer> order = new ArrayList<>();
            for (int a = 0; a < size; a++) {
                if (work.serves(bucket, a)) {
                    order.add(a);
                }
            }
            order.sort(Comparator.comparingDouble(a -> work.of(bucket, a) * prices[a]));
            return order;
        }

        /// Slices are whole: it may take a few replicas more than their load.
        private Optional<Found> whole(double[] counts) {
            for (int more = 0; more <= 2 * size; more++) {
                Optional<int[][]> shares = fit(counts);
                if (shares.isPresent() && enough(counts)) {
                    return Optional.of(new Found(counts, shares.get(), cost(counts)));
                }
                int next = -1;
                for (int a = 0; a < size; a++) {
                    boolean free = counts[a] > 0 && counts[a] < most[a];
                    if (free && (next < 0 || prices[a] < prices[next])) {
                        next = a;
                    }
                }
                if (next < 0) {
                    return Optional.empty();
                }
                counts[next]++;
            }
            return Optional.empty();
        }

        private boolean enough(double[] counts) {
            double sum = Arrays.stream(counts).sum();
            return sum >= problem.rules().minReplicas()
                    && sum <= problem.rules().maxReplicas();
        }

        private double cost(double[] counts) {
            return Work.sum(prices, counts);
        }

        private Found improved(Found start) {
            Found best = start;
            for (Optional<Found> next = exchanged(best); next.isPresent(); next = exchanged(best)) {
                best = next.get();
            }
            return best;
        }

        /// The cheapest that an exchange makes of it, if it is cheaper.
        private Optional<Found> exchanged(Found from) {
            List<double[]> next = new ArrayList<>();
            for (double[] fewer : fewer(from.counts)) {
                double room = from.cost - cost(fewer);
                for (int a = 0; a < size; a++) {
                    for (int more = 0; more <= MOST_INSTEAD && more * prices[a] < room - 1e-9; more++) {
                        double[] counts = fewer.clone();
                        counts[a] += more;
                        for (int b = a + 1; b < size; b++) {
                            double[] two = counts.clone();
                            two[b]++;
                            next.add(two);
                        }
                        next.add(counts);
                    }
                }
            }
            next.removeIf(counts -> !within(counts) || cost(counts) > from.cost - 1e-9);
            next.sort(Comparator.comparingDouble(this::cost));
            for (double[] counts : next) {
                Optional<int[][]> shares = fit(counts);
                if (shares.isPresent()) {
                    return Optional.of(new Found(counts, shares.get(), cost(counts)));
                }
            }
            return Optional.empty();
        }

        private List<double[]> fewer(double[] counts) {
            List<double[]> all = new ArrayList<>();
            for (int a = 0; a < size; a++) {
                for (int b = a; b < size; b++) {
                    double[] two = counts.clone();
                    two[a]--;
                    if (b > a) {
                        two[b]--;
                        all.add(two);
                    } else {
                        for (int more = 0; more < MOST_EXCHANGED; more++) {
                            double[] some = two.clone();
                            some[a] -= more;
                            all.add(some);
                        }
                    }
                }
            }
            all.removeIf(some -> Arrays.stream(some).anyMatch(count -> count < 0));
            return all;
        }

        private boolean within(double[] counts) {
            for (int a = 0; a < size; a++) {
                if (counts[a] < least[a] || counts[a] > most[a]) {
                    return false;
                }
            }
            return enough(counts);
        }

        /// Who serves what on these counts, if it is found out.
        private Optional<int[][]> fit(double[] counts) {
            if (cuts.stream().anyMatch(cut -> cut.refuses(counts))) {
                return Optional.empty();
            }
            double[] worth = WorkCut.balanced(counts, prices, work);
            Optional<int[][]> shares =
                    GreedyShares.fit(work, counts, worth).or(() -> GreedyShares.fit(work, counts, prices));
            WorkCut cut = WorkCut.of(worth, work);
            if (shares.isEmpty() && cuts.size() < CUTS && cut.refuses(counts)) {
                cuts.add(cut);
            }
            return shares;
        }

        private Allocation allocation(Found found) {
            SortedMap<Accelerator, Integer> counts = new TreeMap<>();
            SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices = new TreeMap<>();
            for (int a = 0; a < size; a++) {
                counts.put(work.accelerators.get(a), (int) found.counts[a]);
            }
            for (int b = 0; b < work.buckets.size(); b++) {
                SortedMap<Accelerator, Integer> of = new TreeMap<>();
                for (int a = 0; a < size; a++) {
                    if (found.shares[b][a] > 0) {
                        of.put(work.accelerators.get(a), found.shares[b][a]);
                    }
                }
                slices.put(work.buckets.get(b), of);
            }
            double bound = lowerBound(problem).orElse(0);
            double gap = Math.max(0, found.cost - bound) / Math.max(1e-9, found.cost);
            return new Allocation(
                    gap < 1e-9 ? Status.OPTIMAL : Status.FEASIBLE,
                    offers.cheapest(counts),
                    slices,
                    Collections.emptySortedMap(),
                    found.cost,
                    gap);
        }
    }
}
