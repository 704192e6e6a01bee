package dev.skyhedge.spi;

import java.time.Instant;
import java.util.Optional;

/// Where prices come from and how old they are.
///
/// @param locations the offers concerned, by location
/// @param market the market concerned; empty means both
/// @param source for people, such as `shipped catalogue` or `spot price history`
/// @param pricedAt when these prices were true
public record PriceSource(LocationPattern locations, Optional<Market> market, String source, Instant pricedAt) {
    /// Whether the offer's price comes from here.
    public boolean covers(Offer offer) {
        return locations.matches(offer.location()) && (market.isEmpty() || market.get() == offer.market());
    }
}
