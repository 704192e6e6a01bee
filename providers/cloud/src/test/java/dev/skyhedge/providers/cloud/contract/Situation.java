package dev.skyhedge.providers.cloud.contract;

import java.time.Duration;

/// How a fake cloud behaves in a test.
///
/// @param listLag how long a new instance stays out of lists
/// @param callsPerSecond calls before they are too many; 0 for no limit
/// @param endless whether operations take a day
public record Situation(Duration listLag, int callsPerSecond, boolean endless) {
    public static final Situation CALM = new Situation(Duration.ZERO, 0, false);

    public static Situation lagging(Duration listLag) {
        return new Situation(listLag, 0, false);
    }

    public static Situation limited(int callsPerSecond) {
        return new Situation(Duration.ZERO, callsPerSecond, false);
    }

    public static Situation withoutEnd() {
        return new Situation(Duration.ZERO, 0, true);
    }
}
