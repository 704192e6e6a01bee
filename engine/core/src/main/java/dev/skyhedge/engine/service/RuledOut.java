package dev.skyhedge.engine.service;

import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tells when the least size or the highest price that a spec names leaves nothing to rent, or nothing of a market.
/// Prices move, so that nothing of this is hopeless.
final class RuledOut {
    private RuledOut() {}

    /// @param offers everything that can be rented anywhere
    static List<String> notes(ResourcesSpec resources, Replicas fleet, List<Offer> offers) {
        if (!resources.hasMinimum() && resources.maxPrice().isEmpty()) {
            return List.of();
        }
        List<Offer> permitted = offers.stream().filter(fleet::permits).toList();
        List<Offer> fitting = permitted.stream().filter(fleet::fits).toList();
        if (fitting.isEmpty()) {
            return resources.hasMinimum()
                    ? List.of("min_vcpus and min_memory_gb rule out all " + permitted.size() + " offers")
                    : List.of();
        }
        return resources
                .maxPrice()
                .map(price -> tooDear(price, resources, fitting))
                .orElse(List.of());
    }

    private static List<String> tooDear(HourlyPrice price, ResourcesSpec resources, List<Offer> fitting) {
        if (fitting.stream().noneMatch(resources::affords)) {
            return List.of(
                    "max_price of " + price + " rules out all " + fitting.size() + " offers: " + cheapest(fitting));
        }
        List<String> notes = new ArrayList<>();
        for (Market market : Market.values()) {
            List<Offer> sold =
                    fitting.stream().filter(offer -> offer.market() == market).toList();
            if (!sold.isEmpty() && sold.stream().noneMatch(resources::affords)) {
                notes.add("max_price of " + price + " rules out " + market.word() + ": " + cheapest(sold));
            }
        }
        return notes;
    }

    private static String cheapest(List<Offer> offers) {
        HourlyPrice least =
                offers.stream().map(Offer::price).min(Comparator.naturalOrder()).orElseThrow();
        return "the cheapest costs " + least;
    }
}
