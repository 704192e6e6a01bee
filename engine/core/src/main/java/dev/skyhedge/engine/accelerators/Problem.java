package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// How many replicas of what are to be rented for a load.
///
/// @param profile has a row for each accelerator of the rentals and each bucket of the rates
/// @param rates the load, headroom included
/// @param rentals what can be rented, on what terms
/// @param rules what holds of the whole
public record Problem(Profile profile, RequestRates rates, SortedMap<Rental, RentalTerms> rentals, Rules rules) {
    /// @throws IllegalArgumentException if the profile lacks a row, which names all that it lacks
    public Problem {
        rentals = Collections.unmodifiableSortedMap(new TreeMap<>(rentals));
        List<Profile.Row> missing =
                profile.missing(accelerators(rentals), rates.perSecond().keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("The profile has no row of "
                    + String.join(
                            "; ", missing.stream().map(Profile.Row::toString).toList()));
        }
    }

    /// @param slices into how many equal parts each bucket is cut to be shared out; at least 1
    /// @param minReplicas of all rentals together; with 2 or more, no zone has all of them where
    ///     there are two zones
    /// @param maxReplicas of all rentals together
    /// @param maxUsdPerHour a budget; what cannot be served within it is said
    public record Rules(
            int slices, int minReplicas, int maxReplicas, OptionalDouble maxUsdPerHour, List<SharedCap> caps) {
        public static final Rules FREE = new Rules(8, 0, RentalTerms.UNBOUNDED, OptionalDouble.empty(), List.of());

        public Rules {
            if (slices < 1 || minReplicas < 0 || maxReplicas < minReplicas) {
                throw new IllegalArgumentException(
                        "Impossible rules: slices " + slices + ", replicas " + minReplicas + " to " + maxReplicas);
            }
            caps = List.copyOf(caps);
        }
    }

    public SortedSet<Accelerator> accelerators() {
        return accelerators(rentals);
    }

    private static SortedSet<Accelerator> accelerators(SortedMap<Rental, RentalTerms> rentals) {
        SortedSet<Accelerator> accelerators = new TreeSet<>();
        rentals.keySet().forEach(rental -> accelerators.add(rental.accelerator()));
        return accelerators;
    }

    /// The same with nothing but these to rent.
    public Problem only(Predicate<Rental> allowed) {
        SortedMap<Rental, RentalTerms> left = new TreeMap<>(rentals);
        left.keySet().removeIf(allowed.negate());
        return new Problem(profile, rates, left, rules);
    }

    /// The same sizes at another rate.
    public Problem atRate(double factor) {
        return new Problem(profile, rates.times(factor), rentals, rules);
    }

    public Problem with(Rental rental, RentalTerms terms) {
        SortedMap<Rental, RentalTerms> changed = new TreeMap<>(rentals);
        changed.put(rental, terms);
        return new Problem(profile, rates, changed, rules);
    }

    public Problem with(Rules changed) {
        return new Problem(profile, rates, rentals, changed);
    }

    /// Replicas of one accelerator that the whole load would keep busy; infinite if it cannot
    /// serve a bucket.
    public double loadAlone(Accelerator accelerator) {
        return rates.perSecond().entrySet().stream()
                .mapToDouble(entry -> entry.getValue() / profile.maxRate(accelerator, entry.getKey()))
                .sum();
    }
}
