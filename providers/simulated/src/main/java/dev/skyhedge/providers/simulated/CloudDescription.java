package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a cloud is built from.
///
/// @param name first segment of its locations
/// @param listings what it lists, in any number of locations
/// @param market where its spot capacity comes from
/// @param marketOrigin when the market begins
/// @param rules how it behaves
/// @param random draws what the rules leave open; used by this cloud alone
public record CloudDescription(
        String name,
        List<Listing> listings,
        MarketTrace market,
        Instant marketOrigin,
        CloudRules rules,
        RandomGenerator random) {
    public CloudDescription {
        listings = List.copyOf(listings);
    }

    /// All locations, in order.
    public List<Location> locations() {
        return listings.stream().map(Listing::location).distinct().sorted().toList();
    }

    Optional<Listing> listing(Offer offer) {
        return listings.stream().filter(listing -> listing.lists(offer)).findFirst();
    }
}
