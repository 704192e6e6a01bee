package dev.skyhedge.providers.cloud.calls;

/// How often calls of a group may be made.
///
/// @param perSecond calls a second in the long run, above 0
/// @param burst calls at once after a quiet time, at least 1
public record CallRate(double perSecond, int burst) {
    public CallRate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("Invalid rate: " + perSecond + "/s, burst " + burst);
        }
    }
}
