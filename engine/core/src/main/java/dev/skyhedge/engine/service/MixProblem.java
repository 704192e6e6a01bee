package dev.skyhedge.engine.service;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an allocation `mixed` asks of what is offered: each accelerator at one price, that of its
/// cheapest on-demand offer, or of its cheapest spot where it is not offered on demand. Spot
/// prices move; a mix that followed them would exchange replicas for cents.
///
/// @param mixed as declared
/// @param load that it is for
/// @param problem of the sizes that something offered serves, headroom included
/// @param unserved sizes that nothing offered serves
record MixProblem(AllocationSpec.Mixed mixed, PlannedLoad load, Problem problem, SortedSet<RequestSize> unserved) {
    /// Into how many parts requests of one size are cut to be shared out among accelerators.
    private static final int SLICES = 32;

    /// What is free counts as this much, in USD per hour: fewer replicas are still better than
    /// more.
    private static final double LEAST_PRICE = 0.01;

    private static final Comparator<Offer> CHEAPEST = Comparator.comparing(
                    (Offer offer) -> offer.market() == Market.ON_DEMAND ? 0 : 1)
            .thenComparing(Offer::price)
            .thenComparing(Offer::location);

    MixProblem {
        unserved = Collections.unmodifiableSortedSet(new TreeSet<>(unserved));
    }

    /// The offers that accelerators are compared at, one of each.
    private static SortedMap<Accelerator, Offer> cheapest(AllocationSpec.Mixed mixed, Collection<Offer> offers) {
        SortedMap<Accelerator, Offer> cheapest = new TreeMap<>();
        for (Offer offer : offers) {
            if (mixed.maxRates().containsKey(offer.accelerator())) {
                cheapest.merge(
                        offer.accelerator(), offer, (one, other) -> CHEAPEST.compare(one, other) <= 0 ? one : other);
            }
        }
        return cheapest;
    }

    /// What one replica of what is offered costs an hour.
    static SortedMap<Accelerator, Double> prices(AllocationSpec.Mixed mixed, Collection<Offer> offers) {
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        cheapest(mixed, offers).forEach((accelerator, offer) -> prices.put(accelerator, price(offer)));
        return prices;
    }

    private static double price(Offer offer) {
        return Math.max(LEAST_PRICE, offer.price().usd().doubleValue());
    }

    /// @param offers of which there may be several of one accelerator
    static MixProblem of(AllocationSpec.Mixed mixed, PlannedLoad load, Collection<Offer> offers) {
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        cheapest(mixed, offers)
                .forEach((accelerator, offer) -> rentals.put(
                        new Rental(accelerator, offer.location(), offer.market()), terms(mixed, accelerator, offer)));
        SortedMap<Bucket, Double> rates = new TreeMap<>();
        SortedSet<RequestSize> unserved = new TreeSet<>();
        load.perSecond().forEach((size, rate) -> {
            boolean able = rentals.entrySet().stream()
                    .anyMatch(rental -> rental.getValue().atMost() > 0
                            && mixed.maxRate(rental.getKey().accelerator(), size) > 0);
            if (able) {
                rates.put(bucket(size), rate * (1 + mixed.headroom()));
            } else {
                unserved.add(size);
            }
        });
        var rules = new Problem.Rules(SLICES, 0, RentalTerms.UNBOUNDED, OptionalDouble.empty(), List.of());
        return new MixProblem(
                mixed, load, new Problem(profile(mixed, load), new RequestRates(rates), rentals, rules), unserved);
    }

    private static RentalTerms terms(AllocationSpec.Mixed mixed, Accelerator accelerator, Offer offer) {
        int least = mixed.atLeast().getOrDefault(accelerator, 0);
        return new RentalTerms(
                price(offer),
                0,
                0,
                least,
                Math.max(least, mixed.atMost().getOrDefault(accelerator, RentalTerms.UNBOUNDED)));
    }

    /// What is not known of is not served.
    private static Profile profile(AllocationSpec.Mixed mixed, PlannedLoad load) {
        SortedMap<Accelerator, SortedMap<Bucket, Double>> table = new TreeMap<>();
        for (Accelerator accelerator : mixed.maxRates().keySet()) {
            SortedMap<Bucket, Double> rates = new TreeMap<>();
            load.perSecond().keySet().forEach(size -> rates.put(bucket(size), mixed.maxRate(accelerator, size)));
            table.put(accelerator, rates);
        }
        return new Profile(table);
    }

    static Bucket bucket(RequestSize size) {
        return new Bucket(size.inputTokens(), size.outputTokens());
    }

    /// What one replica costs an hour.
    SortedMap<Accelerator, Double> prices() {
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        for (Map.Entry<Rental, RentalTerms> rental : problem.rentals().entrySet()) {
            prices.put(rental.getKey().accelerator(), rental.getValue().usdPerHour());
        }
        return prices;
    }

    /// Accelerators that the profile has and that serve requests of this size, offered or not.
    SortedSet<Accelerator> able(RequestSize size) {
        SortedSet<Accelerator> able = new TreeSet<>(mixed.maxRates().keySet());
        able.removeIf(accelerator -> mixed.maxRate(accelerator, size) == 0);
        return able;
    }
}
