package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Why a rental is part of a mix: what would have to change for it not to be.
public sealed interface Binding {
    /// For people, a clause.
    String text();

    /// The user wants as many in any case.
    record Demanded(int atLeast) implements Binding {
        @Override
        public String text() {
            return "at_least asks for " + atLeast;
        }
    }

    /// Nothing else that can be rented serves such requests.
    record OnlyAble(Accelerator accelerator, Bucket largest) implements Binding {
        @Override
        public String text() {
            return accelerator + ": only it serves requests of up to " + largest.inputTokens() + " tokens in and "
                    + largest.outputTokens() + " out";
        }
    }

    /// Something that serves its requests for less is rented as often as it may be.
    record StandsIn(Rental exhausted, int bound) implements Binding {
        @Override
        public String text() {
            return exhausted + " is at its bound (" + bound + ")";
        }
    }

    /// Requests cost least on it.
    record BestFor(int buckets, Bucket largest) implements Binding {
        @Override
        public String text() {
            return "cheapest for requests of " + buckets + (buckets == 1 ? " size" : " sizes") + ", up to "
                    + largest.inputTokens() + " tokens in and " + largest.outputTokens() + " out";
        }
    }

    /// Replicas are whole: it is the cheapest for what others would have to be one more for.
    record Remainder() implements Binding {
        @Override
        public String text() {
            return "cheapest for what would not fill one replica more of the others";
        }
    }

    /// The binding of every rental of a mix.
    static SortedMap<Rental, Binding> of(Problem problem, Allocation allocation) {
        SortedMap<Rental, Binding> bindings = new TreeMap<>();
        allocation.replicas().forEach((rental, count) -> bindings.put(rental, of(problem, allocation, rental, count)));
        return bindings;
    }

    private static Binding of(Problem problem, Allocation allocation, Rental rental, int count) {
        RentalTerms terms = terms(problem, rental);
        if (count <= terms.atLeast()) {
            return new Demanded(terms.atLeast());
        }
        Accelerator accelerator = rental.accelerator();
        SortedSet<Bucket> only = new TreeSet<>();
        SortedSet<Bucket> best = new TreeSet<>();
        Optional<Binding> standsIn = Optional.empty();
        for (var shares : allocation.slices().entrySet()) {
            Bucket bucket = shares.getKey();
            if (!shares.getValue().containsKey(accelerator)) {
                continue;
            }
            if (isOnlyAble(problem, accelerator, bucket)) {
                only.add(bucket);
            }
            Optional<Rental> cheaper = cheaper(problem, rental, bucket);
            if (cheaper.isEmpty()) {
                best.add(bucket);
            } else if (standsIn.isEmpty()) {
                standsIn = exhausted(problem, allocation, cheaper.get());
            }
        }
        if (!only.isEmpty()) {
            return new OnlyAble(accelerator, only.last());
        }
        return standsIn.orElseGet(() -> best.isEmpty() ? new Remainder() : new BestFor(best.size(), best.last()));
    }

    private static Optional<Binding> exhausted(Problem problem, Allocation allocation, Rental cheaper) {
        int bound = terms(problem, cheaper).atMost();
        return allocation.replicas().getOrDefault(cheaper, 0) >= bound
                ? Optional.of(new StandsIn(cheaper, bound))
                : Optional.empty();
    }

    private static boolean isOnlyAble(Problem problem, Accelerator accelerator, Bucket bucket) {
        return problem.rentals().entrySet().stream()
                .filter(entry -> entry.getValue().atMost() > 0)
                .map(entry -> entry.getKey().accelerator())
                .filter(other -> !other.equals(accelerator))
                .allMatch(other -> problem.profile().maxRate(other, bucket) == 0);
    }

    /// What serves a request of this size for the least, if that is less than here.
    private static Optional<Rental> cheaper(Problem problem, Rental rental, Bucket bucket) {
        double here = usdOfRequestRate(problem, rental, bucket);
        return problem.rentals().keySet().stream()
                .filter(other -> usdOfRequestRate(problem, other, bucket) < here)
                .min((one, two) ->
                        Double.compare(usdOfRequestRate(problem, one, bucket), usdOfRequestRate(problem, two, bucket)));
    }

    private static double usdOfRequestRate(Problem problem, Rental rental, Bucket bucket) {
        return terms(problem, rental).usdPerHour() / problem.profile().maxRate(rental.accelerator(), bucket);
    }

    private static RentalTerms terms(Problem problem, Rental rental) {
        RentalTerms terms = problem.rentals().get(rental);
        if (terms == null) {
            throw new IllegalArgumentException("Nothing of the problem: " + rental);
        }
        return terms;
    }
}
