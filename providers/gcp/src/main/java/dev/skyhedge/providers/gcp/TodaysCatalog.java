package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Unreachable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;

/// The price list as of today, as far as Compute Engine tells it: in which zones the cards are. Prices are
/// in no answer of its API, so those of the list in force stay, and with them the list's age; for the same
/// reason machine types that the list does not have stay out.
final class TodaysCatalog {
    private static final String TOLD = "zones";

    private final PriceCatalog known;
    private final ComputeCalls calls;
    private final InstantSource clock;

    TodaysCatalog(PriceCatalog known, ComputeCalls calls, InstantSource clock) {
        this.known = known;
        this.calls = calls;
        this.clock = clock;
    }

    /// Asks all zones; complete or failed.
    Outcome<PriceCatalog> read() {
        Instant asked = clock.instant();
        return switch (AcceleratorMap.read(calls)) {
            case Outcome.Failed<AcceleratorMap>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<AcceleratorMap>(AcceleratorMap map) -> {
                Collection<Unreachable> gaps = map.unreachable().values();
                yield gaps.isEmpty()
                        ? Outcome.done(renewed(map, asked))
                        : Outcome.failed(gaps.iterator().next().failure());
            }
        };
    }

    /// A machine type whose cards are nowhere in the region today keeps its row: they may come back.
    private PriceCatalog renewed(AcceleratorMap map, Instant asked) {
        return Catalogs.renewed(
                known,
                TOLD,
                asked,
                known.entries().stream()
                        .map(entry -> {
                            PriceCatalog.Entry today = Offers.inZones(entry, map);
                            return today.zones().isEmpty() ? entry : today;
                        })
                        .toList());
    }
}
