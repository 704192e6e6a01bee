package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.LinearModel;
import dev.skyhedge.engine.accelerators.LinearModel.Column;
import dev.skyhedge.engine.accelerators.LinearModel.Row;
import dev.skyhedge.engine.accelerators.LinearModel.Term;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Rental;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The program as the paper writes it: each slice of each bucket has a name and a yes or no for
/// each accelerator.
final class SlicedProgram {
    private SlicedProgram() {}

    static LinearModel of(Problem problem) {
        List<Column> columns = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<Rental> rentals = List.copyOf(problem.rentals().keySet());
        Map<Rental, List<Term>> loads = new TreeMap<>();
        problem.rentals().forEach((rental, terms) -> {
            columns.add(new Column(0, 10_000, terms.usdPerHour(), true));
            loads.put(rental, new ArrayList<>(List.of(new Term(columns.size() - 1, -1))));
        });
        int slices = problem.rules().slices();
        for (Map.Entry<Bucket, Double> bucket : problem.rates().perSecond().entrySet()) {
            for (int slice = 0; slice < slices; slice++) {
                List<Term> servers = new ArrayList<>();
                for (Rental rental : rentals) {
                    double most = problem.profile().maxRate(rental.accelerator(), bucket.getKey());
                    if (most > 0) {
                        columns.add(new Column(0, 1, 0, true));
                        servers.add(new Term(columns.size() - 1, 1));
                        loads.getOrDefault(rental, List.of())
                                .add(new Term(columns.size() - 1, bucket.getValue() / slices / most));
                    }
                }
                rows.add(new Row(1, 1, servers));
            }
        }
        loads.values().forEach(load -> rows.add(new Row(Double.NEGATIVE_INFINITY, 0, load)));
        return new LinearModel(columns, rows);
    }
}
