package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;

/// Spot only, each launch in the zone after that of the last one, in the order of the offers.
///
/// Source: the baseline of that name in Mao et al., "SkyServe", EuroSys'25, section 5.
final class RoundRobin implements PlacementPolicy {
    @Override
    public PlacementDecision decide(PlacementRequest request) {
        Targets targets = Targets.plain(request.wanted(), 0);
        var draft = new PlacementDraft(request);
        var zones = new Zones(request);
        int missing = request.missing(Market.SPOT, targets.spot());
        if (missing > 0 && zones.size() == 0) {
            draft.block(missing, "spot", new OfferBook(request, Market.SPOT));
            missing = 0;
        }
        for (int i = 0; i < missing; i++) {
            Offer next = zones.offers().get((int) ((request.launches() + i) % zones.size()));
            draft.launch(new Choice(next, Role.TARGET, "next zone in turn"));
        }
        return draft.finish(targets);
    }
}
