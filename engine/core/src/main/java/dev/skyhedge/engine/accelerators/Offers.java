package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What can be bought, rentals that are alike being one lot: of one accelerator, at one cost, and
/// under the same caps. What runs is its own lot, as it costs the less for what ending it would.
///
/// @param spread zones none of which may have all replicas
/// @param constant what ending all that runs would cost, in USD per hour
record Offers(List<Lot> lots, List<String> spread, boolean budget, double constant) {
    Offers {
        lots = List.copyOf(lots);
        spread = List.copyOf(spread);
    }

    /// @param cost of one, with or without the start that it needs or the end that it saves
    /// @param caps places of those among the problem's that it falls under
    /// @param zone empty where zones do not matter
    record Kind(Accelerator accelerator, double cost, double usdPerHour, List<Integer> caps, String zone) {}

    record Part(Rental rental, int atLeast, int atMost) {}

    /// @param parts in order of their names
    record Lot(Kind kind, List<Part> parts) {
        Accelerator accelerator() {
            return kind.accelerator;
        }

        double cost() {
            return kind.cost;
        }

        int atLeast() {
            return parts.stream().mapToInt(Part::atLeast).sum();
        }

        int atMost() {
            return parts.stream().mapToInt(Part::atMost).sum();
        }
    }

    static Offers of(Problem problem) {
        List<String> spread = spread(problem);
        List<Kind> order = new ArrayList<>();
        List<List<Part>> parts = new ArrayList<>();
        double constant = 0;
        for (var entry : problem.rentals().entrySet()) {
            Rental rental = entry.getKey();
            RentalTerms terms = entry.getValue();
            String zone = spread.isEmpty() ? "" : rental.location().toString();
            int kept = terms.startUsd() == 0 ? 0 : Math.min(terms.now(), terms.atMost());
            constant += terms.startUsd() * terms.now();
            List<Integer> caps = caps(problem, rental);
            for (boolean runs : new boolean[] {true, false}) {
                Part part = runs
                        ? new Part(rental, Math.min(terms.atLeast(), kept), kept)
                        : new Part(rental, Math.max(0, terms.atLeast() - kept), terms.atMost() - kept);
                double start = runs ? -terms.startUsd() : terms.startUsd();
                Kind kind = new Kind(rental.accelerator(), terms.usdPerHour() + start, terms.usdPerHour(), caps, zone);
                if (part.atMost() > 0) {
                    int place = order.indexOf(kind);
                    if (place < 0) {
                        order.add(kind);
                        parts.add(new ArrayList<>());
                        place = order.size() - 1;
                    }
                    parts.get(place).add(part);
                }
            }
        }
        List<Lot> lots = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            lots.add(new Lot(order.get(i), List.copyOf(parts.get(i))));
        }
        return new Offers(lots, spread, problem.rules().maxUsdPerHour().isPresent(), constant);
    }

    private static List<Integer> caps(Problem problem, Rental rental) {
        List<SharedCap> caps = problem.rules().caps();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < caps.size(); i++) {
            if (caps.get(i).rentals().contains(rental)) {
                places.add(i);
            }
        }
        return places;
    }

    private static List<String> spread(Problem problem) {
        SortedSet<String> zones = new TreeSet<>();
        problem.rentals().forEach((rental, terms) -> {
            if (terms.atMost() > 0) {
                zones.add(rental.location().toString());
            }
        });
        return problem.rules().minReplicas() >= 2 && zones.size() >= 2 ? List.copyOf(zones) : List.of();
    }

    /// Whether more than counts decides what is bought.
    boolean tied() {
        return budget
                || !spread.isEmpty()
                || lots.stream().anyMatch(lot -> !lot.kind().caps().isEmpty());
    }

    int most(Accelerator accelerator) {
        return Math.min(
                RentalTerms.UNBOUNDED,
                lots.stream()
                        .filter(lot -> lot.accelerator().equals(accelerator))
                        .mapToInt(Lot::atMost)
                        .sum());
    }

    /// So many of each accelerator, the cheapest lots first.
    SortedMap<Rental, Integer> cheapest(SortedMap<Accelerator, Integer> counts) {
        SortedMap<Accelerator, Integer> left = new TreeMap<>(counts);
        List<Integer> order = new ArrayList<>();
        List<Integer> bought = new ArrayList<>();
        for (int i = 0; i < lots.size(); i++) {
            order.add(i);
            bought.add(lots.get(i).atLeast());
            left.merge(lots.get(i).accelerator(), -lots.get(i).atLeast(), Integer::sum);
        }
        order.sort(Comparator.comparingDouble(i -> lots.get(i).cost()));
        for (int i : order) {
            Lot lot = lots.get(i);
            int more = Math.min(left.getOrDefault(lot.accelerator(), 0), lot.atMost() - lot.atLeast());
            bought.set(i, lot.atLeast() + more);
            left.merge(lot.accelerator(), -more, Integer::sum);
        }
        return bought(bought);
    }

    /// So many of each lot, the first by name first.
    SortedMap<Rental, Integer> bought(List<Integer> counts) {
        SortedMap<Rental, Integer> replicas = new TreeMap<>();
        for (int i = 0; i < lots.size(); i++) {
            int left = counts.get(i) - lots.get(i).atLeast();
            for (Part part : lots.get(i).parts()) {
                int more = Math.min(left, part.atMost() - part.atLeast());
                left -= more;
                if (part.atLeast() + more > 0) {
                    replicas.merge(part.rental(), part.atLeast() + more, Integer::sum);
                }
            }
        }
        return replicas;
    }
}
