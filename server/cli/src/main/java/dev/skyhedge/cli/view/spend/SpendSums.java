package dev.skyhedge.cli.view.spend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Charges added up. The sums of all groups are the whole, to the micro-dollar.
final class SpendSums {
    private SpendSums() {}

    /// @param names where it belongs, in the order of what was asked for
    record Sum(List<String> names, Duration time, long microDollars) {}

    /// Days in their order; all else with the dearest first, ties by name.
    static List<Sum> of(Charges charges, List<SpendBy> by) {
        SequencedMap<List<String>, List<Charge>> groups = charges.rented().stream()
                .collect(Collectors.groupingBy(
                        charge -> by.stream().map(one -> one.of(charge)).toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Sum> sums = new ArrayList<>();
        groups.forEach((names, group) -> sums.add(new Sum(
                names,
                group.stream().map(Charge::time).reduce(Duration.ZERO, Duration::plus),
                group.stream().mapToLong(Charge::microDollars).reduce(0, Math::addExact))));
        int day = by.indexOf(SpendBy.DAY);
        Comparator<Sum> dearest = Comparator.comparingLong(Sum::microDollars)
                .reversed()
                .thenComparing(sum -> String.join("\n", sum.names()));
        sums.sort(
                day < 0
                        ? dearest
                        : Comparator.comparing((Sum sum) -> sum.names().get(day))
                                .thenComparing(dearest));
        return sums;
    }
}
