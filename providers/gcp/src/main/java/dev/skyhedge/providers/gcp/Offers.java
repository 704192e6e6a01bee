package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.catalog.CatalogOffers;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.PriceSource;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What can be rented: the price list, in the zones that have the cards today. Where the cloud cannot say which
/// have them, the zones are those of the list, and what is not there refuses the launch. Thread-safe.
final class Offers {
    /// Where cards are changes over weeks.
    private static final Duration FRESH = Duration.ofMinutes(10);

    /// Parts of a machine with eight cards. From Google's documentation, not seen.
    private static final Set<String> SPOT_ONLY = Set.of("a3-highgpu-1g", "a3-highgpu-2g", "a3-highgpu-4g");

    private final PriceCatalog catalog;
    private final List<String> regions;
    private final ComputeCalls calls;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();

    private @Nullable AcceleratorMap map;
    private Instant readAt = Instant.EPOCH;

    /// @param regions regions to use; empty for all
    Offers(PriceCatalog catalog, List<String> regions, ComputeCalls calls, InstantSource clock) {
        this.catalog = catalog;
        this.regions = regions;
        this.calls = calls;
        this.clock = clock;
    }

    Outcome<OfferList> offers(OfferQuery query) {
        return switch (accelerators()) {
            case Outcome.Done<AcceleratorMap>(AcceleratorMap known) ->
                Outcome.done(
                        list(query, known, new ArrayList<>(known.unreachable().values())));
            case Outcome.Failed<AcceleratorMap>(Failure failure) -> withoutMap(query, failure);
        };
    }

    /// An endpoint that does not know the call says nothing of where cards are; any other failure is one.
    private Outcome<OfferList> withoutMap(OfferQuery query, Failure failure) {
        if (failure instanceof Failure.NotFound || failure instanceof Failure.InvalidRequest) {
            return Outcome.done(list(query, AcceleratorMap.UNKNOWN, List.of()));
        }
        return Outcome.failed(failure);
    }

    private OfferList list(OfferQuery query, AcceleratorMap known, List<Unreachable> gaps) {
        List<PriceCatalog.Entry> here = new ArrayList<>();
        for (PriceCatalog.Entry entry : catalog.entries()) {
            if (regions.isEmpty() || regions.contains(entry.region())) {
                here.add(inZones(asSold(entry), known));
            }
        }
        PriceCatalog sold = new PriceCatalog(catalog.provider(), catalog.pricedAt(), catalog.source(), here);
        List<Offer> offers = CatalogOffers.offers(sold, query, region -> List.of(), CatalogOffers.SpotPrices.LISTED);
        PriceSource source =
                new PriceSource(GoogleNames.everywhere(), Optional.empty(), catalog.source(), catalog.pricedAt());
        return new OfferList(offers, clock.instant(), gaps, List.of(source), CatalogOffers.shapes(catalog));
    }

    /// The list has prices of what is not sold so.
    private static PriceCatalog.Entry asSold(PriceCatalog.Entry entry) {
        return SPOT_ONLY.contains(entry.instanceType())
                ? new PriceCatalog.Entry(
                        entry.instanceType(),
                        entry.accelerator(),
                        entry.shape(),
                        entry.region(),
                        entry.zones(),
                        Optional.empty(),
                        entry.spot())
                : entry;
    }

    /// Prices hold in a whole region; the zones are those that have the cards, or all for machines without any.
    static PriceCatalog.Entry inZones(PriceCatalog.Entry entry, AcceleratorMap known) {
        Optional<String> cards = AcceleratorMap.cards(MachineOrder.parse(entry.instanceType()));
        Optional<SortedSet<String>> zones = cards.isPresent()
                ? known.zonesOf(cards.get())
                : Optional.of(known.everyZone()).filter(all -> !all.isEmpty());
        return zones.map(there -> new PriceCatalog.Entry(
                        entry.instanceType(),
                        entry.accelerator(),
                        entry.shape(),
                        entry.region(),
                        there.stream()
                                .filter(zone -> GoogleNames.zone(zone)
                                        .filter(place -> place.region().equals(entry.region()))
                                        .isPresent())
                                .toList(),
                        entry.onDemand(),
                        entry.spot()))
                .orElse(entry);
    }

    private Outcome<AcceleratorMap> accelerators() {
        reading.lock();
        try {
            AcceleratorMap last = map;
            if (last != null && readAt.plus(FRESH).isAfter(clock.instant())) {
                return Outcome.done(last);
            }
            Outcome<AcceleratorMap> read = AcceleratorMap.read(calls);
            if (read instanceof Outcome.Done<AcceleratorMap>(AcceleratorMap fresh)
                    && fresh.unreachable().isEmpty()) {
                map = fresh;
                readAt = clock.instant();
            }
            return read;
        } finally {
            reading.unlock();
        }
    }
}
