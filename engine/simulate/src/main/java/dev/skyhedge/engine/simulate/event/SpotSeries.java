package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which series of its market an offer on spot draws on. Asked for each replica whenever any of them changes, so
/// it does not search the cloud's list.
final class SpotSeries {
    private record Pool(Location location, String instanceType) {}

    private final Map<Pool, String> keys = new HashMap<>();

    SpotSeries(CloudDescription cloud) {
        for (Listing listing : cloud.listings()) {
            listing.series()
                    .ifPresent(key -> keys.putIfAbsent(new Pool(listing.location(), listing.instanceType()), key));
        }
    }

    /// Empty for an offer on demand.
    Optional<String> of(Offer offer) {
        return offer.market() == Market.ON_DEMAND
                ? Optional.empty()
                : Optional.ofNullable(keys.get(new Pool(offer.location(), offer.instanceType())));
    }
}
