package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// SpotHedge as its paper was evaluated. The numbers of replicas are those of [SpotHedge]; zones are chosen at
/// random among the active ones that are to hold none of ours, and if all do, among all active ones.
///
/// Source: Mao et al., "SkyServe: Serving AI Models across Regions and Clouds with Spot Instances", EuroSys'25,
/// sections 4 and 5.3, as their simulation computes it. A zone that lost a replica or refused one is set aside;
/// one that still holds replicas a decision later is active again; when at most one of four or more zones is
/// active, or none of fewer, all are. How long a cloud asks to be left alone plays no part.
final class ArtifactSpotHedge implements PlacementPolicy {
    /// With more zones than this, one active zone is as bad as none.
    private static final int FEW_ZONES = 3;

    private final PlacementSpec.SpotHedge spec;

    ArtifactSpotHedge(PlacementSpec.SpotHedge spec) {
        this.spec = spec;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request) {
        Targets targets = Targets.of(
                spec, request.wanted(), request.standInsFor(), request.held().readySpot());
        var draft = new PlacementDraft(request);
        var zones = new Zones(request);
        List<Offer> active = active(request, zones, draft);
        int held = request.held().count(Market.SPOT);
        int missing = request.missing(Market.SPOT, targets.spot());
        if (missing > 0 && active.isEmpty()) {
            draft.block(missing, "spot", new OfferBook(request, Market.SPOT));
            missing = 0;
        }
        for (int i = 0; i < missing; i++) {
            Offer offer = choose(active, zones, request.seed() + i);
            String reason = zones.held(offer) == 0
                    ? "random active zone without one of ours"
                    : "random active zone, all have one of ours";
            zones.hold(offer);
            draft.launch(new Choice(offer, targets.spotRole(held + i), reason));
        }
        draft.placeOnDemand(targets.onDemand(), spec.onDemandBase());
        return draft.finish(targets);
    }

    private static Offer choose(List<Offer> active, Zones zones, long seed) {
        List<Offer> unheld = new ArrayList<>(active.size());
        for (Offer offer : active) {
            if (zones.held(offer) == 0) {
                unheld.add(offer);
            }
        }
        List<Offer> candidates = unheld.isEmpty() ? active : unheld;
        return candidates.get(Chance.below(candidates.size(), seed));
    }

    /// The zones that may be launched in, once what came of the last decision is taken into account.
    private static List<Offer> active(PlacementRequest request, Zones zones, PlacementDraft draft) {
        List<Offer> active = new ArrayList<>(zones.size());
        List<Offer> aside = new ArrayList<>();
        for (Offer offer : zones.offers()) {
            Optional<ZoneHealth> entry = zones.health(offer).filter(known -> known.status() == Status.PREEMPTING);
            boolean isBack = entry.isPresent() && zones.held(offer) > 0 && !isNews(entry.get(), request.now());
            if (isBack) {
                draft.learn(forgiven(entry.get(), request.now(), "what it holds was left alone"));
            }
            (entry.isEmpty() || isBack ? active : aside).add(offer);
        }
        int fewest = Math.min(1, Math.max(0, zones.size() - FEW_ZONES));
        if (active.size() > fewest) {
            return active;
        }
        for (Offer offer : aside) {
            zones.health(offer)
                    .ifPresent(entry -> draft.learn(
                            forgiven(entry, request.now(), "too few active zones were left, all are tried again")));
        }
        return zones.offers();
    }

    /// Whether the latest evidence is of this moment: what the last decision led to.
    private static boolean isNews(ZoneHealth entry, Instant now) {
        return entry.since().equals(now) || entry.retryAt().equals(now);
    }

    private static ZoneHealth forgiven(ZoneHealth entry, Instant now, String why) {
        return new ZoneHealth(
                entry.location(),
                entry.accelerator(),
                entry.market(),
                Status.ACTIVE,
                entry.failures(),
                now,
                entry.retryAt(),
                why,
                entry.history());
    }
}
