package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;

/// Spot only, each launch in the zone that holds fewest of ours, the first in the order of the offers among
/// equals. What a zone refused or took back is not remembered.
///
/// Source: the baseline of that name in Mao et al., "SkyServe", EuroSys'25, section 5.
final class EvenSpread implements PlacementPolicy {
    @Override
    public PlacementDecision decide(PlacementRequest request) {
        Targets targets = Targets.plain(request.wanted(), 0);
        var draft = new PlacementDraft(request);
        fill(request, targets, draft);
        return draft.finish(targets);
    }

    static void fill(PlacementRequest request, Targets targets, PlacementDraft draft) {
        var zones = new Zones(request);
        int missing = request.missing(Market.SPOT, targets.spot());
        if (missing > 0 && zones.size() == 0) {
            draft.block(missing, "spot", new OfferBook(request, Market.SPOT));
            return;
        }
        for (int i = 0; i < missing; i++) {
            Offer fewest = zones.offers().getFirst();
            for (Offer offer : zones.offers()) {
                if (zones.held(offer) < zones.held(fewest)) {
                    fewest = offer;
                }
            }
            zones.hold(fewest);
            draft.launch(new Choice(fewest, Role.TARGET, "zone with fewest of ours"));
        }
    }
}
