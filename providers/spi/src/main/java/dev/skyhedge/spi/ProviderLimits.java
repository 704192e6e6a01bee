package dev.skyhedge.spi;

import java.time.Duration;

/// What a provider asks of its callers.
///
/// @param parallelCalls how many launches and terminations may be in flight at once, at least 1
/// @param callTimeout after this time without an answer a call's outcome counts as unknown
/// @param visibilityDelay how long a launched instance may stay invisible to `observe`
public record ProviderLimits(int parallelCalls, Duration callTimeout, Duration visibilityDelay) {
    public ProviderLimits {
        if (parallelCalls < 1) {
            throw new IllegalArgumentException("At least one call in flight: " + parallelCalls);
        }
    }
}
