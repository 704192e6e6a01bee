package dev.skyhedge.engine.accelerators;

/// What a request may take.
///
/// @param metric what is limited
/// @param seconds the most of it; above 0
public record ServiceLevel(Metric metric, double seconds) {
    public ServiceLevel {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("A service level is above 0 s, not " + seconds);
        }
    }

    public enum Metric {
        /// Latency of the whole request by tokens generated.
        TIME_PER_OUTPUT_TOKEN,
        TIME_TO_FIRST_TOKEN,
        END_TO_END
    }
}
