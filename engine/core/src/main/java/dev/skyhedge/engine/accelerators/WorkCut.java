package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearModel.Column;
import dev.skyhedge.engine.accelerators.LinearModel.Row;
import dev.skyhedge.engine.accelerators.LinearModel.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What every fleet has to be worth that serves a load, one replica of each accelerator being
/// worth so much: all buckets' work where each is worth the least. By Farkas' lemma counts that
/// pass all such cuts serve everything, in shares of any size, and counts that do not are told by
/// one. They are what Benders' decomposition adds to a program of counts.
final class WorkCut {
    private static final double TOLERANCE = 1e-7;

    /// Steps along the loads, each smaller than the one before; what they miss the exact program
    /// finds.
    private static final int STEPS = 150;

    private static final double FIRST_STEP = 0.4;
    private static final double NEXT_STEP = 0.97;

    /// Steps between cuts that are kept.
    private static final int KEPT = 10;

    /// Of one replica of each accelerator, above 0.
    final double[] worth;

    /// Of all replicas together.
    final double least;

    private WorkCut(double[] worth, double least) {
        this.worth = worth.clone();
        this.least = least;
    }

    static WorkCut of(double[] worth, Work work) {
        return new WorkCut(worth, Work.sum(worth, work.loads(worth)));
    }

    /// So many replicas of whatever.
    static WorkCut fleet(int accelerators, int replicas) {
        double[] worth = new double[accelerators];
        Arrays.fill(worth, 1);
        return new WorkCut(worth, replicas);
    }

    boolean refuses(double[] counts) {
        return Work.sum(worth, counts) < least - TOLERANCE * (1e-3 + least);
    }

    /// Cuts around the cheapest counts: worths rise where there is more work than is cheap to buy
    /// at them, and fall where there is less.
    static List<WorkCut> around(List<CountCosts> costs, Work work) {
        List<WorkCut> cuts = new ArrayList<>();
        double[] worth = costs.stream().mapToDouble(CountCosts::cheapest).toArray();
        double[] bought = new double[worth.length];
        for (int step = 0; step < STEPS; step++) {
            double[] loads = work.loads(worth);
            if (step % KEPT == KEPT - 1) {
                cuts.add(of(worth, work));
            }
            for (int a = 0; a < worth.length; a++) {
                bought[a] = costs.get(a).boughtAt(worth[a]);
            }
            raise(worth, loads, bought, step);
        }
        return cuts;
    }

    /// A cut that refuses these counts, if steps find one. Where there is more work than room a
    /// replica gets worth more.
    static Optional<WorkCut> against(double[] counts, WorkCut start, Work work) {
        double[] worth = start.worth.clone();
        Optional<WorkCut> best = Optional.empty();
        double most = TOLERANCE;
        for (int step = 0; step < STEPS; step++) {
            double[] loads = work.loads(worth);
            double least = Work.sum(worth, loads);
            double missing = (least - Work.sum(worth, counts)) / least;
            if (missing > most) {
                most = missing;
                best = Optional.of(new WorkCut(worth, least));
            }
            raise(worth, loads, counts, step);
        }
        return best.filter(cut -> cut.refuses(counts));
    }

    /// Worths at which the buckets' work comes as near to these counts as steps bring it.
    static double[] balanced(double[] counts, double[] start, Work work) {
        double[] worth = start.clone();
        for (int step = 0; step < STEPS / 3; step++) {
            raise(worth, work.loads(worth), counts, step);
        }
        return worth;
    }

    private static void raise(double[] worth, double[] wanted, double[] there, int step) {
        double pace = FIRST_STEP * Math.pow(NEXT_STEP, step);
        for (int a = 0; a < worth.length; a++) {
            worth[a] *= Math.exp(pace * (wanted[a] - there[a]) / (wanted[a] + there[a] + 1e-9));
        }
    }

    /// The program that finds the worths by which counts fall short the most.
    static LinearModel separation(double[] counts, Work work) {
        List<Column> columns = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<Term> all = new ArrayList<>();
        for (double count : counts) {
            all.add(new Term(columns.size(), 1));
            columns.add(new Column(0, 1, count, false));
        }
        rows.add(new Row(1, 1, all));
        for (int b = 0; b < work.buckets.size(); b++) {
            int bucket = columns.size();
            columns.add(new Column(0, Double.POSITIVE_INFINITY, -1, false));
            for (int a = 0; a < counts.length; a++) {
                if (work.serves(b, a)) {
                    rows.add(new Row(
                            Double.NEGATIVE_INFINITY, 0, List.of(new Term(bucket, 1), new Term(a, -work.of(b, a)))));
                }
            }
        }
        return new LinearModel(columns, rows);
    }

    /// The cut that [#separation] found, if it is one.
    static Optional<WorkCut> read(LinearSolver.Solution solution, double[] counts, Work work) {
        if (solution.values().isEmpty()) {
            return Optional.empty();
        }
        double[] worth = new double[counts.length];
        for (int a = 0; a < worth.length; a++) {
            worth[a] = Math.max(1e-9, solution.values().get(a));
        }
        return Optional.of(of(worth, work)).filter(cut -> cut.refuses(counts));
    }
}
