package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearModel.Column;
import dev.skyhedge.engine.accelerators.LinearModel.Row;
import dev.skyhedge.engine.accelerators.LinearModel.Term;
import java.util.ArrayList;
import java.util.List;

/// Whether so many replicas of each accelerator can serve all buckets in whole slices.
final class SharesModel {
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final int[][] places;

    SharesModel(Work work, double[] counts) {
        places = new int[work.buckets.size()][counts.length];
        List<List<Term>> loads = new ArrayList<>();
        for (int a = 0; a < counts.length; a++) {
            loads.add(new ArrayList<>());
        }
        for (int b = 0; b < places.length; b++) {
            List<Term> all = new ArrayList<>();
            for (int a = 0; a < counts.length; a++) {
                double slice = work.of(b, a) / work.slices;
                double most = Math.min(work.slices, Math.floor(counts[a] / slice + 1e-6));
                places[b][a] = -1;
                if (most > 0) {
                    places[b][a] = columns.size();
                    columns.add(new Column(0, most, 0, true));
                    all.add(new Term(places[b][a], 1));
                    loads.get(a).add(new Term(places[b][a], slice));
                }
            }
            rows.add(new Row(work.slices, work.slices, all));
        }
        for (int a = 0; a < counts.length; a++) {
            rows.add(new Row(Double.NEGATIVE_INFINITY, counts[a], loads.get(a)));
        }
    }

    LinearModel program() {
        return new LinearModel(columns, rows);
    }

    /// By bucket and accelerator.
    int[][] slices(LinearSolver.Solution solution) {
        int[][] slices = new int[places.length][];
        for (int b = 0; b < places.length; b++) {
            slices[b] = new int[places[b].length];
            for (int a = 0; a < slices[b].length; a++) {
                slices[b][a] =
                        places[b][a] < 0 ? 0 : WholeNumbers.of(solution.values().get(places[b][a]));
            }
        }
        return slices;
    }
}
