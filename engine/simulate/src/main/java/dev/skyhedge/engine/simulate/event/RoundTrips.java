package dev.skyhedge.engine.simulate.event;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Round-trip times between continents, and where clients are.
///
/// The times are those of the SkyServe paper (EuroSys'25): us-eu 101.7, us-asia 124, us-sa 137, eu-asia 221.6,
/// eu-sa 200, asia-sa 256 ms. Within a continent it gives none; here it is 0.
///
/// @param shares of the clients by continent, in the order of [Continent]; not negative, not all 0
public record RoundTrips(List<Double> shares) {
    /// Where clients and regions are.
    public enum Continent {
        US,
        EU,
        ASIA,
        SA;

        /// The continent of a region by the clouds' naming; `US` where the name does not say.
        public static Continent of(String region) {
            String name = region.toLowerCase(Locale.ROOT);
            if (name.startsWith("eu") || name.contains("europe") || name.startsWith("uk") || name.contains("france")) {
                return EU;
            }
            if (name.startsWith("ap-") || name.contains("asia") || name.contains("japan") || name.contains("india")) {
                return ASIA;
            }
            return name.startsWith("sa-") || name.contains("southamerica") || name.contains("brazil") ? SA : US;
        }
    }

    private static final double[][] MILLIS = {
        {0, 101.7, 124, 137},
        {101.7, 0, 221.6, 200},
        {124, 221.6, 0, 256},
        {137, 200, 256, 0}
    };
    private static final double NANOS_PER_MILLI = 1e6;

    /// All clients in the United States.
    public static final RoundTrips US_CLIENTS = new RoundTrips(List.of(1.0, 0.0, 0.0, 0.0));

    public RoundTrips {
        shares = List.copyOf(shares);
        if (shares.size() != Continent.values().length
                || shares.stream().anyMatch(share -> !(share >= 0))
                || !(shares.stream().mapToDouble(share -> share).sum() > 0)) {
            throw new IllegalArgumentException("Shares of clients: " + shares);
        }
    }

    Continent client(RandomGenerator random) {
        double point = random.nextDouble()
                * shares.stream().mapToDouble(share -> share).sum();
        for (Continent continent : Continent.values()) {
            point -= shares.get(continent.ordinal());
            if (point < 0) {
                return continent;
            }
        }
        return Continent.US;
    }

    static long nanos(Continent client, Continent replica) {
        return (long) (MILLIS[client.ordinal()][replica.ordinal()] * NANOS_PER_MILLI);
    }
}
