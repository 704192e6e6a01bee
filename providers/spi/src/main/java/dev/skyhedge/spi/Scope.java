package dev.skyhedge.spi;

import java.util.Optional;

/// What a failure is about: all offers that match.
///
/// @param locations the locations concerned
/// @param market the market concerned; empty means both
/// @param instanceType the instance type concerned; empty means all
public record Scope(LocationPattern locations, Optional<Market> market, Optional<String> instanceType) {
    /// Just this offer.
    public static Scope of(Offer offer) {
        return new Scope(
                LocationPattern.of(offer.location()), Optional.of(offer.market()), Optional.of(offer.instanceType()));
    }

    /// The smallest scope that covers all that both cover.
    public Scope or(Scope other) {
        return new Scope(
                locations.or(other.locations),
                market.filter(one -> other.market.equals(Optional.of(one))),
                instanceType.filter(one -> other.instanceType.equals(Optional.of(one))));
    }

    /// Whether the offer is concerned.
    public boolean covers(Offer offer) {
        return locations.matches(offer.location())
                && (market.isEmpty() || market.get() == offer.market())
                && (instanceType.isEmpty() || instanceType.get().equals(offer.instanceType()));
    }

    @Override
    public String toString() {
        return locations
                + market.map(m -> " " + m.word()).orElse("")
                + instanceType.map(t -> " " + t).orElse("");
    }
}
