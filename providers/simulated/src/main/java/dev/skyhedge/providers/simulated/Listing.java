package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Optional;

/// A machine type as a zone lists it.
///
/// @param instanceType name of the machine type
/// @param accelerator what it computes with
/// @param location where
/// @param onDemand price on demand; empty means that it is not to be had on demand
/// @param spot spot price where the market has none of its own
/// @param series the market's series that its spot capacity comes from; empty means that there is no spot
public record Listing(
        String instanceType,
        Accelerator accelerator,
        Location location,
        Optional<HourlyPrice> onDemand,
        HourlyPrice spot,
        Optional<String> series) {
    /// Whether the offer is for this machine type in this place.
    boolean lists(Offer offer) {
        boolean inMarket = offer.market() == Market.SPOT ? series.isPresent() : onDemand.isPresent();
        return inMarket
                && instanceType.equals(offer.instanceType())
                && accelerator.equals(offer.accelerator())
                && location.equals(offer.location());
    }
}
