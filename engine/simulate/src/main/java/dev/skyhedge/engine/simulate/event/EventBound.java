package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.simulate.Counts;
import dev.skyhedge.engine.simulate.MarketWindow;
import dev.skyhedge.engine.simulate.OmniscientBound;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bound for the event protocol: the same program as for the paper's, made easier wherever the two differ,
/// so that it stays a bound. Within a tick all the room counts that there was at any time of it, a cold start
/// takes the least that the lags permit, and nothing is ever refused or late.
///
/// It is there where the number of replicas is constant, all spot has one price that never changes, and the
/// window is no longer than [#MAX_TICKS].
final class EventBound {
    /// Four days.
    static final int MAX_TICKS = 11_520;

    private static final Duration TICK = PaperProtocol.DEFAULT.tick();

    private EventBound() {}

    /// In micro-dollars; empty where there is none or it was not found in time.
    static Optional<Bound> of(ServiceSpec service, MarketCloud placed, Lags lags, Duration length) {
        ServiceSpec permitted = placed.spec().services().firstEntry().getValue();
        List<Listing> spot = placed.description().listings().stream()
                .filter(listing -> MarketCloud.permits(permitted.resources(), listing)
                        && listing.series().isPresent())
                .toList();
        int target = service.scaling().minReplicas();
        long ticks = length.dividedBy(TICK);
        Duration coldStart = lags.call()
                .least()
                .plus(lags.spotBoot().least())
                .plus(lags.start().least());
        long coldTicks = coldStart.dividedBy(TICK);
        long onDemand = EventSimulation.cheapestOnDemand(permitted, placed.description());
        if (target < 1
                || service.scaling().maxReplicas() != target
                || ticks > MAX_TICKS
                || ticks <= coldTicks
                || onDemand <= 0
                || spot.stream().map(Listing::spot).distinct().count() != 1
                || hasPrices(placed.description().market(), spot)) {
            return Optional.empty();
        }
        PaperProtocol protocol = PaperProtocol.DEFAULT
                .withTarget(target)
                .withColdStart(0)
                .withTicks((int) ticks)
                .withColdStart((int) coldTicks)
                .withPrices(forATick(spot.getFirst().spot().microDollars()), forATick(onDemand));
        return OmniscientBound.of(window(placed.description().market(), spot, (int) ticks), protocol);
    }

    private static double forATick(long microDollarsPerHour) {
        return microDollarsPerHour
                * (TICK.toSeconds() / (double) Duration.ofHours(1).toSeconds());
    }

    private static boolean hasPrices(MarketTrace market, List<Listing> spot) {
        return spot.stream()
                .anyMatch(listing -> market.price(listing.series().orElseThrow(), Duration.ZERO)
                        .isPresent());
    }

    private static MarketWindow window(MarketTrace market, List<Listing> spot, int ticks) {
        List<Location> zones = new ArrayList<>();
        List<Counts> capacity = new ArrayList<>();
        for (Listing listing : spot) {
            String key = listing.series().orElseThrow();
            Location place = listing.location();
            zones.add(new Location(place.cloud(), place.region(), key.replace('/', '.')));
            int[] most = new int[ticks];
            for (int t = 0; t < ticks; t++) {
                most[t] = mostWithin(market, key, TICK.multipliedBy(t), TICK.multipliedBy(t + 1L));
            }
            capacity.add(Counts.of(most));
        }
        return new MarketWindow(0, TICK, zones, capacity);
    }

    private static int mostWithin(MarketTrace market, String key, Duration from, Duration to) {
        int most = 0;
        Optional<Duration> at = Optional.of(from);
        while (at.isPresent() && at.get().compareTo(to) < 0) {
            most = Math.max(most, market.capacity(key, at.get()));
            at = market.nextChange(key, at.get());
        }
        return most;
    }
}
