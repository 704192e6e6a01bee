package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What each provider last told of what can be rented there. Many plans are made between two readings, so all
/// that a plan asks is put together when one comes and not when it is asked. Not thread-safe.
final class SupplyReadings {
    private final SortedMap<String, OfferList> lists = new TreeMap<>();
    private final SortedMap<String, List<Supply.QuotaReading>> quotas = new TreeMap<>();
    private List<Offer> offers = List.of();
    private Supply supply = Supply.UNKNOWN;

    void read(String provider, OfferList list) {
        lists.put(provider, list);
        offers = List.copyOf(
                lists.values().stream().flatMap(one -> one.offers().stream()).toList());
        supply = together();
    }

    void read(String provider, List<AccountQuota> read, Instant at) {
        quotas.put(
                provider,
                read.stream().map(quota -> new Supply.QuotaReading(quota, at)).toList());
        supply = together();
    }

    private Supply together() {
        SortedMap<String, Map<String, MachineShape>> shapes = new TreeMap<>();
        lists.forEach((provider, list) -> shapes.put(provider, list.shapes()));
        return new Supply(
                shapes,
                quotas.values().stream().flatMap(List::stream).toList(),
                lists.values().stream().flatMap(list -> list.sources().stream()).toList());
    }

    /// All that can be rented, whether its place answers or not.
    List<Offer> offers() {
        return offers;
    }

    /// What those offer that answer.
    List<Offer> offersBeside(Set<LocationPattern> silent) {
        return silent.isEmpty()
                ? offers
                : offers.stream()
                        .filter(offer -> !Silence.isIn(silent, offer.location()))
                        .toList();
    }

    /// What is known beside their prices.
    Supply supply() {
        return supply;
    }
}
