package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import java.util.Optional;

/// What one accelerator of a type costs.
///
/// @param spot where it may be taken back; empty if not said
/// @param onDemand elsewhere; empty if not said
public record CardPrice(Optional<HourlyPrice> spot, Optional<HourlyPrice> onDemand) {
    /// What it costs in that market, if that is said.
    public Optional<HourlyPrice> in(Market market) {
        return switch (market) {
            case SPOT -> spot;
            case ON_DEMAND -> onDemand;
        };
    }
}
