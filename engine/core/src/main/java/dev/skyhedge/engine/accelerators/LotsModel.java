package dev.skyhedge.engine.accelerators;

import dev.skyhedge.engine.accelerators.LinearModel.Column;
import dev.skyhedge.engine.accelerators.LinearModel.Row;
import dev.skyhedge.engine.accelerators.LinearModel.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;

/// Where to buy so many replicas of each accelerator, the rules of the whole being kept.
final class LotsModel {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final Offers offers;
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    LotsModel(Problem problem, Offers offers, Work work, double[] counts) {
        this.offers = offers;
        columns = offers.lots().stream()
                .map(lot -> new Column(lot.atLeast(), lot.atMost(), lot.cost(), true))
                .toList();
        for (int a = 0; a < counts.length; a++) {
            int place = a;
            rows.add(
                    new Row(counts[a], counts[a], ones(lot -> lot.accelerator().equals(work.accelerators.get(place)))));
        }
        problem.rules().maxUsdPerHour().ifPresent(most -> rows.add(new Row(-INFINITE, most, prices())));
        for (int i = 0; i < problem.rules().caps().size(); i++) {
            int cap = i;
            rows.add(new Row(
                    -INFINITE,
                    problem.rules().caps().get(i).most(),
                    ones(lot -> lot.kind().caps().contains(cap))));
        }
        for (String zone : offers.spread()) {
            rows.add(new Row(1, INFINITE, ones(lot -> !lot.kind().zone().equals(zone))));
        }
    }

    private List<Term> ones(Predicate<Offers.Lot> which) {
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < offers.lots().size(); i++) {
            if (which.test(offers.lots().get(i))) {
                terms.add(new Term(i, 1));
            }
        }
        return terms;
    }

    private List<Term> prices() {
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < offers.lots().size(); i++) {
            terms.add(new Term(i, offers.lots().get(i).kind().usdPerHour()));
        }
        return terms;
    }

    LinearModel program() {
        return new LinearModel(columns, rows);
    }

    SortedMap<Rental, Integer> replicas(LinearSolver.Solution solution) {
        return offers.bought(solution.values().stream().map(WholeNumbers::of).toList());
    }
}
