package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was rented and what it cost: by the second and for at least as long as the cloud's rules say, spot at the
/// market's price of the moment. AWS, Google and Azure bill a minute at least.
///
/// @param rentals how many instances were rented
/// @param spotSeconds billed on spot
/// @param onDemandSeconds billed on demand
/// @param spotMicroDollars spent on spot
/// @param onDemandMicroDollars spent on demand
public record Bill(
        int rentals, long spotSeconds, long onDemandSeconds, long spotMicroDollars, long onDemandMicroDollars) {
    private static final double NANOS_PER_HOUR = 3.6e12;

    /// What is to be paid for these by then.
    static Bill of(List<Rental> rentals, CloudDescription cloud, Instant until) {
        long[] seconds = new long[Market.values().length];
        long[] cost = new long[Market.values().length];
        var series = new SpotSeries(cloud);
        for (Rental rental : rentals) {
            int market = rental.offer().market().ordinal();
            long billed = seconds(rental, cloud, until);
            seconds[market] += billed;
            cost[market] += cost(charges(rental, cloud, series.of(rental.offer()), until));
        }
        int spot = Market.SPOT.ordinal();
        int onDemand = Market.ON_DEMAND.ordinal();
        return new Bill(rentals.size(), seconds[spot], seconds[onDemand], cost[spot], cost[onDemand]);
    }

    public long microDollars() {
        return spotMicroDollars + onDemandMicroDollars;
    }

    /// Share of the billed time that was on demand; 0 if nothing was billed.
    public double onDemandShare() {
        long all = spotSeconds + onDemandSeconds;
        return all == 0 ? 0 : (double) onDemandSeconds / all;
    }

    private static long seconds(Rental rental, CloudDescription cloud, Instant until) {
        Instant end = rental.end().map(Instance.End::at).orElse(until);
        Duration time = Duration.between(rental.launchedAt(), end);
        long whole = time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
        return Math.max(cloud.rules().billedAtLeast().toSeconds(), whole);
    }

    private static long cost(List<Charge> charges) {
        double micro = 0;
        for (Charge charge : charges) {
            micro += charge.microDollarsPerHour()
                    * (Duration.between(charge.from(), charge.to()).toNanos() / NANOS_PER_HOUR);
        }
        return Math.round(micro);
    }

    /// A time at one price.
    record Charge(Instant from, Instant to, long microDollarsPerHour) {}

    /// What a rental costs when, in order and without gaps.
    ///
    /// @param series of the market that it draws on
    static List<Charge> charges(Rental rental, CloudDescription cloud, Optional<String> series, Instant until) {
        Duration from = Duration.between(cloud.marketOrigin(), rental.launchedAt());
        Duration to = from.plusSeconds(seconds(rental, cloud, until));
        List<Charge> charges = new ArrayList<>();
        Duration at = from;
        while (at.compareTo(to) < 0) {
            Duration now = at;
            HourlyPrice price = series.flatMap(key -> cloud.market().price(key, now))
                    .orElse(rental.offer().price());
            Duration change = series.filter(
                            key -> cloud.market().price(key, now).isPresent())
                    .flatMap(key -> cloud.market().nextChange(key, now))
                    .filter(next -> next.compareTo(to) < 0)
                    .orElse(to);
            charges.add(new Charge(
                    cloud.marketOrigin().plus(at), cloud.marketOrigin().plus(change), price.microDollars()));
            at = change;
        }
        return charges;
    }
}
