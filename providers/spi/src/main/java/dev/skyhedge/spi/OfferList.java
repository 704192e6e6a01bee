package dev.skyhedge.spi;

import java.time.Instant;
import java.util.List;

/// Offers as a provider answered them.
///
/// @param offers in any order; at most one for each instance type, location and market
/// @param readAt when the prices were read from the cloud; a cached list keeps the time of its reading
/// @param unreachable the locations whose offers could not be read
public record OfferList(List<Offer> offers, Instant readAt, List<Unreachable> unreachable) {
    public OfferList {
        offers = List.copyOf(offers);
        unreachable = List.copyOf(unreachable);
    }
}
