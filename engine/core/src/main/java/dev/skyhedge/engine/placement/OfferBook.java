package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The offers of one market beside what is known of their zones.
final class OfferBook {
    /// Cheapest first; ties by location, then instance type.
    static final Comparator<Offer> CHEAPEST =
            Comparator.comparing(Offer::price).thenComparing(Offer::location).thenComparing(Offer::instanceType);

    private final List<Offer> offers;
    private final Map<Location, List<ZoneHealth>> health = new HashMap<>();
    private final Closures closures;
    private final Instant now;

    OfferBook(PlacementRequest request, Market market) {
        this.now = request.now();
        this.closures = request.closures();
        this.offers = request.offers().stream()
                .filter(offer -> offer.market() == market)
                .sorted(CHEAPEST)
                .toList();
        for (ZoneHealth entry : request.health()) {
            if (entry.market() == market) {
                health.computeIfAbsent(entry.location(), _ -> new ArrayList<>()).add(entry);
            }
        }
    }

    boolean isEmpty() {
        return offers.isEmpty();
    }

    /// Offers that are worth asking for now, cheapest first.
    List<Offer> open() {
        return offers.stream()
                .filter(offer -> closures.isOpen(offer) && !retryAt(offer).isAfter(now))
                .toList();
    }

    /// Offers in zones that are not marked as preempting.
    List<Offer> active() {
        return offers.stream().filter(offer -> !isPreempting(offer)).toList();
    }

    boolean isPreempting(Offer offer) {
        return entry(offer)
                .filter(entry -> entry.status() == ZoneHealth.Status.PREEMPTING)
                .isPresent();
    }

    /// The zones of this market that are marked as preempting and among the offers.
    List<ZoneHealth> preempting() {
        return offers.stream()
                .flatMap(offer -> entry(offer).stream())
                .filter(entry -> entry.status() == ZoneHealth.Status.PREEMPTING)
                .distinct()
                .toList();
    }

    /// When the first offer that is closed now opens again.
    Optional<Instant> nextRetry() {
        return offers.stream()
                .flatMap(offer -> closed(offer).stream())
                .flatMap(closed -> closed.reopensAt().stream())
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /// Why offers are closed, of the one that opens first.
    String closedBecause() {
        return offers.stream()
                .flatMap(offer -> closed(offer).stream())
                .min(Comparator.comparing((Closed closed) -> closed.reopensAt().orElse(Instant.MAX))
                        .thenComparing(Closed::reason))
                .map(Closed::reason)
                .orElse("no offer");
    }

    private Optional<Closed> closed(Offer offer) {
        return closures.of(offer)
                .or(() -> entry(offer)
                        .filter(entry -> entry.retryAt().isAfter(now))
                        .map(entry ->
                                new Closed(entry.location() + ": " + entry.evidence(), Optional.of(entry.retryAt()))));
    }

    private Instant retryAt(Offer offer) {
        return entry(offer).map(ZoneHealth::retryAt).orElse(Instant.MIN);
    }

    private Optional<ZoneHealth> entry(Offer offer) {
        return health.getOrDefault(offer.location(), List.of()).stream()
                .filter(entry -> entry.accelerator().equals(offer.accelerator()))
                .findFirst();
    }
}
