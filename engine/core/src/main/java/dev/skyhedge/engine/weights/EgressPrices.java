package dev.skyhedge.engine.weights;

import dev.skyhedge.spi.Location;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What it costs to send bytes, by the cloud that they leave. Nothing is paid inside of a zone.
///
/// @param byCloud tariffs by the cloud's name
/// @param others of clouds that are not among them
public record EgressPrices(SortedMap<String, Tariff> byCloud, Tariff others) {
    private static final double BYTES_PER_GB = 1e9;

    /// USD for 10^9 bytes.
    public record Tariff(double betweenZones, double betweenRegions, double toOthers) {
        public static final Tariff FREE = new Tariff(0, 0, 0);

        public Tariff {
            if (!(betweenZones >= 0 && betweenRegions >= 0 && toOthers >= 0)) {
                throw new IllegalArgumentException(
                        "Prices are not negative: " + betweenZones + ", " + betweenRegions + ", " + toOthers);
            }
        }
    }

    public EgressPrices {
        byCloud = Collections.unmodifiableSortedMap(new TreeMap<>(byCloud));
    }

    public static EgressPrices free() {
        return new EgressPrices(new TreeMap<>(), Tariff.FREE);
    }

    /// USD for so many bytes on their way from one place to another.
    public double usd(long bytes, Location from, Location to) {
        Tariff tariff = byCloud.getOrDefault(from.cloud(), others);
        double perGb;
        if (!from.cloud().equals(to.cloud())) {
            perGb = tariff.toOthers();
        } else if (!from.region().equals(to.region())) {
            perGb = tariff.betweenRegions();
        } else {
            perGb = from.zone().equals(to.zone()) ? 0 : tariff.betweenZones();
        }
        return bytes / BYTES_PER_GB * perGb;
    }
}
