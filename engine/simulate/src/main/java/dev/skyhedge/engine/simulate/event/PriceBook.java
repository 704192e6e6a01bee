package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import java.util.Optional;

/// Prices where a market knows none.
@FunctionalInterface
public interface PriceBook {
    /// @param onDemand price on demand
    /// @param spot price on spot, where the market has no prices of its own
    record Prices(HourlyPrice onDemand, HourlyPrice spot) {}

    /// @param recorded the market's first spot price, if it has any
    Prices of(String instanceType, Accelerator accelerator, String region, Optional<HourlyPrice> recorded);

    /// On demand is this many times spot, and spot is one dollar where the market has no prices: the evaluation
    /// of SkyServe (EuroSys'25) has 3.
    static PriceBook ratio(double onDemandTimesSpot) {
        return (_, _, _, recorded) -> {
            HourlyPrice spot = recorded.orElse(HourlyPrice.ofUsd("1"));
            return new Prices(new HourlyPrice(Math.round(spot.microDollars() * onDemandTimesSpot)), spot);
        };
    }
}
