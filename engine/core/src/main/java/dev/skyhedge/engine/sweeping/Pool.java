package dev.skyhedge.engine.sweeping;

import dev.skyhedge.engine.placement.Closures;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.spi.Offer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// On what trials may run.
final class Pool {
    static final Comparator<Offer> CHEAPEST = Comparator.comparing(Offer::price)
            .thenComparing(offer -> offer.location().toString())
            .thenComparing(Offer::instanceType);

    private Pool() {}

    static List<Offer> permitted(SweepSpec.Pool pool, List<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.market() == pool.market())
                .filter(offer -> pool.resources().accelerators().contains(offer.accelerator()))
                .filter(offer ->
                        pool.resources().locations().stream().anyMatch(pattern -> pattern.matches(offer.location())))
                .filter(pool.resources()::affords)
                .toList();
    }

    /// Why nothing can be launched now, for people.
    static String shortage(SweepSpec.Pool pool, List<Offer> permitted, Closures closures) {
        if (permitted.isEmpty()) {
            return "nothing that resources permit is offered on the "
                    + pool.market().word() + " market";
        }
        return "trials wait: "
                + permitted.stream()
                        .flatMap(offer -> closures.of(offer).stream())
                        .map(Closures.Closed::reason)
                        .distinct()
                        .collect(Collectors.joining("; "));
    }
}
