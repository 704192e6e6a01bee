package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.List;
import java.util.Optional;

/// Chooses the cheapest on-demand offer that is worth asking for.
final class OnDemandChooser {
    private final OfferBook book;
    private final List<Offer> open;

    OnDemandChooser(PlacementRequest request) {
        this.book = new OfferBook(request, Market.ON_DEMAND);
        this.open = book.open();
    }

    OfferBook book() {
        return book;
    }

    Optional<Choice> choose(Role role) {
        return choose(role, "stands in until spot is ready");
    }

    /// @param reason of a stand-in
    Optional<Choice> choose(Role role, String reason) {
        return open.stream()
                .findFirst()
                .map(offer -> new Choice(
                        offer,
                        role,
                        role == Role.FALLBACK ? reason + ": cheapest on-demand" : "always on-demand: cheapest"));
    }
}
