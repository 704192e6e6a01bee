package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.PriceSource;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of the offers beside their prices.
///
/// @param shapes sizes of instance types, by cloud and name
/// @param quotas what accounts may still rent
/// @param sources where prices come from; the first that covers an offer counts
public record Supply(
        SortedMap<String, Map<String, MachineShape>> shapes, List<QuotaReading> quotas, List<PriceSource> sources) {
    /// Nothing is known.
    public static final Supply UNKNOWN = new Supply(Collections.emptySortedMap(), List.of(), List.of());

    /// A quota as it was at one time.
    ///
    /// @param quota what the cloud said
    /// @param readAt when; what was rented later is not counted in it
    public record QuotaReading(AccountQuota quota, Instant readAt) {}

    public Supply {
        shapes = Collections.unmodifiableSortedMap(new TreeMap<>(shapes));
        quotas = List.copyOf(quotas);
        sources = List.copyOf(sources);
    }

    /// The size of what the offer rents.
    public Optional<MachineShape> shape(Offer offer) {
        return Optional.ofNullable(
                shapes.getOrDefault(offer.location().cloud(), Map.of()).get(offer.instanceType()));
    }

    /// Where the offer's price comes from.
    public Optional<PriceSource> source(Offer offer) {
        return sources.stream().filter(source -> source.covers(offer)).findFirst();
    }
}
