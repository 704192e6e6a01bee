package dev.skyhedge.spi;

import java.util.List;

/// Which offers are of interest.
///
/// @param locations an offer's location matches one of these
/// @param accelerators an offer has one of these; empty means any
public record OfferQuery(List<LocationPattern> locations, List<Accelerator> accelerators) {
    public OfferQuery {
        locations = List.copyOf(locations);
        accelerators = List.copyOf(accelerators);
    }

    /// Whether this query asks for the offer.
    public boolean asksFor(Offer offer) {
        return (accelerators.isEmpty() || accelerators.contains(offer.accelerator()))
                && locations.stream().anyMatch(pattern -> pattern.matches(offer.location()));
    }
}
