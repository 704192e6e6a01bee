package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import java.util.Optional;

/// What one accelerator of a type costs.
///
/// @param spot where it may be taken back; empty if not said
/// @param onDemand elsewhere; empty if not said
record CardPrice(Optional<HourlyPrice> spot, Optional<HourlyPrice> onDemand) {
    Optional<HourlyPrice> in(Market market) {
        return switch (market) {
            case SPOT -> spot;
            case ON_DEMAND -> onDemand;
        };
    }
}
