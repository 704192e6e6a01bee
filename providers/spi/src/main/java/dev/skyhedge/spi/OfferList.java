package dev.skyhedge.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Offers as a provider answered them.
///
/// @param offers in any order; at most one for each instance type, location and market
/// @param readAt when the prices were read from the cloud; a cached list keeps the time of its reading
/// @param unreachable the locations whose offers could not be read
/// @param sources where the prices come from, the narrower first; offers that none covers are as old as `readAt`
/// @param shapes the sizes of instance types by name, as far as they are known
public record OfferList(
        List<Offer> offers,
        Instant readAt,
        List<Unreachable> unreachable,
        List<PriceSource> sources,
        SequencedMap<String, MachineShape> shapes) {
    public OfferList {
        offers = List.copyOf(offers);
        unreachable = List.copyOf(unreachable);
        sources = List.copyOf(sources);
        shapes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shapes));
    }

    /// Offers that say nothing about the sizes of machines and whose prices were all read at one time.
    public OfferList(List<Offer> offers, Instant readAt, List<Unreachable> unreachable) {
        this(offers, readAt, unreachable, List.of(), Collections.emptyNavigableMap());
    }
}
