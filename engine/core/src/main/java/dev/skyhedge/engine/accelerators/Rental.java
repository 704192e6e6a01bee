package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.Comparator;

/// What can be rented: an accelerator in a zone and a market.
public record Rental(Accelerator accelerator, Location location, Market market) implements Comparable<Rental> {
    private static final Comparator<Rental> ORDER = Comparator.comparing(Rental::accelerator)
            .thenComparing(Rental::location)
            .thenComparing(Rental::market);

    @Override
    public int compareTo(Rental other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return accelerator + " in " + location + ", " + market.word();
    }
}
