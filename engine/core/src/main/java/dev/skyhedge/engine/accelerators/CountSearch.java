package dev.skyhedge.engine.accelerators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Branch and bound over how many replicas of each accelerator. What is left to choose costs at
/// least what the dearest cut says of it, replicas being divisible; cuts are added as counts turn
/// out to be too few.
final class CountSearch {
    /// Beyond these no better counts are looked for; on eight accelerators about a tenth of a
    /// second.
    private static final int NODES = 40_000;

    private static final double EQUAL = 1e-9;

    /// One replica more, while a cut has work left.
    private record Step(int accelerator, int count, double cost, double worth) {}

    private record Bound(WorkCut cut, List<Step> steps) {}

    private final List<CountCosts> costs;
    private final int maxReplicas;
    private final double gap;
    private final ToDoubleFunction<double[]> judge;
    private final List<Bound> bounds = new ArrayList<>();
    private final int[] order;
    private final int[] rank;
    private final double[] counts;
    private double best = Double.POSITIVE_INFINITY;
    private int nodes;

    /// The least that could be behind what was not looked at.
    private double open = Double.POSITIVE_INFINITY;

    /// @param judge what whole counts really cost, infinite if they do not do; it may add cuts
    CountSearch(List<CountCosts> costs, int maxReplicas, double gap, ToDoubleFunction<double[]> judge) {
        this.costs = costs;
        this.maxReplicas = maxReplicas;
        this.gap = gap;
        this.judge = judge;
        // Big ones first: a replica more or less of them matters the most.
        order = IntStream.range(0, costs.size())
                .boxed()
                .sorted(Comparator.comparingDouble(a -> -costs.get(a).cheapest()))
                .mapToInt(Integer::intValue)
                .toArray();
        rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        counts = costs.stream().mapToDouble(cost -> cost.least).toArray();
    }

    void add(WorkCut cut) {
        List<Step> steps = new ArrayList<>();
        for (int a = 0; a < order.length; a++) {
            CountCosts cost = costs.get(a);
            for (int count = cost.least; count < cost.most(); count++) {
                steps.add(new Step(a, count, cost.next(count), cut.worth[a]));
            }
        }
        steps.sort(Comparator.comparingDouble((Step step) -> step.cost() / step.worth())
                .thenComparingInt(Step::accelerator)
                .thenComparingInt(Step::count));
        bounds.add(new Bound(cut, steps));
    }

    /// The least that any counts cost.
    double root() {
        return bound(0);
    }

    /// Looks at all counts that may be better than what was found. What was best last was judged
    /// last of those that were better.
    void run() {
        visit(0, bound(0));
    }

    /// What no counts are cheaper than.
    double bound() {
        return Math.min(best, Math.max(open, root()));
    }

    private void visit(int depth, double bound) {
        if (bound == Double.POSITIVE_INFINITY || bound >= best - Math.max(EQUAL, gap * Math.abs(best))) {
            return;
        }
        if (nodes++ > NODES) {
            open = Math.min(open, bound);
            return;
        }
        if (depth == order.length) {
            double cost = judge.applyAsDouble(counts.clone());
            best = Math.min(best, cost);
            return;
        }
        int accelerator = order[depth];
        int least = costs.get(accelerator).least;
        double[] children = new double[costs.get(accelerator).most() - least + 1];
        for (int i = 0; i < children.length; i++) {
            counts[accelerator] = least + i;
            children[i] = bound(depth + 1);
        }
        int[] cheapestFirst = IntStream.range(0, children.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> children[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : cheapestFirst) {
            counts[accelerator] = least + i;
            // Cuts may have come since.
            visit(depth + 1, children[i] >= best ? children[i] : bound(depth + 1));
        }
        counts[accelerator] = least;
    }

    /// What the counts that are chosen cost, and at least what is left to choose.
    private double bound(int depth) {
        double chosen = 0;
        for (int a = 0; a < order.length; a++) {
            chosen += costs.get(a).of((int) counts[a]);
        }
        if (Arrays.stream(counts).sum() > maxReplicas) {
            return Double.POSITIVE_INFINITY;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (Bound bound : bounds) {
            most = Math.max(most, chosen + rest(bound, depth));
        }
        return most;
    }

    private double rest(Bound bound, int depth) {
        double missing = bound.cut.least - Work.sum(bound.cut.worth, counts);
        missing -= 1e-9 * bound.cut.least;
        double cost = 0;
        for (Step step : bound.steps) {
            if (rank[step.accelerator] < depth) {
                continue;
            }
            if (missing <= 0 && step.cost >= 0) {
                return cost;
            }
            double part = step.cost < 0 ? 1 : Math.min(1, missing / step.worth);
            cost += part * step.cost;
            missing -= part * step.worth;
        }
        return missing > 1e-9 * bound.cut.least ? Double.POSITIVE_INFINITY : cost;
    }
}
