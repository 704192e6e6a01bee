package dev.skyhedge.engine.placement;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.util.OptionalDouble;

/// Spot placed where losses are expected least, with a spare only while the risk of the moment is worth its
/// price.
///
/// One rule decides about targets, spares, moves and stand-ins: what a fleet costs in an hour, with the
/// shortages that are to be expected counted in ([FleetCost]), where pools are expected to lose things the less
/// the longer they have been calm ([LossRisk]). See `docs/placement.md` for the rules, their reasons and what
/// was measured.
final class SkyHedge implements PlacementPolicy {
    /// Spares that a spec does not number are at most so many.
    private static final int MAX_SPARES = 1;

    /// The cold start for which the worth of a shortage was measured.
    private static final Duration USUAL_COLD_START = Duration.ofSeconds(150);

    private static final double MAX_WORTH_OF_COLD_START = 2;

    /// The unavailability for which it was measured.
    private static final double USUAL_UNAVAILABILITY = 0.001;

    private static final double MIN_WORTH_OF_AVAILABILITY = 0.25;
    private static final double MAX_WORTH_OF_AVAILABILITY = 4;

    /// How soon what stands by is thought over, if nothing happens: the longer it is calm, the less it is worth.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final PlacementSpec.Skyhedge spec;

    SkyHedge(PlacementSpec.Skyhedge spec) {
        this.spec = spec;
    }

    @Override
    public PlacementDecision decide(PlacementRequest request) {
        var draft = new PlacementDraft(request);
        if (request.wanted() == 0) {
            return draft.finish(new Targets(0, 0, 0, 0));
        }
        Pools pools = Pools.of(request);
        boolean offersSpot = request.offers().stream().anyMatch(offer -> offer.market() == Market.SPOT);
        if (pools.isEmpty() && offersSpot) {
            return onDemandOnly(request, draft);
        }
        int base = Math.min(request.wanted(), spec.onDemandBase());
        int wanted = request.wanted() - base;
        var cost = new FleetCost(
                pools, wanted, base, worthOfColdStart(request) * worthOfAvailability(), priceOfOutage(request, pools));
        var account = new SpotAccount(request, pools, wanted, spec.onDemandFallback());
        SpotFleet fleet = spot(request, pools, cost, account, wanted, draft);
        StandIns.Demand demand = spec.onDemandFallback()
                ? new StandIns(request, pools, cost, wanted, base, account).demand(fleet.staying())
                : new StandIns.Demand(0, 0, "");
        fleet.launches().forEach(draft::launch);
        pools.tooDear()
                .forEach(replica -> draft.release(new PlacementDecision.Release(
                        replica.offer(),
                        "spot costs " + replica.offer().price() + " there now, nearly as much as on-demand or more")));
        fleet.releases().forEach(draft::release);
        draft.placeOnDemand(base + demand.standing(), base, demand.reason());
        if (demand.standingBy() > 0) {
            draft.keepUntil(request.now().plus(LOOK_AGAIN), standBy(demand.standingBy()));
        }
        int spot = Math.max(wanted, fleet.size()) + pools.keptUntilReplaced(wanted);
        return draft.finish(new Targets(spot, spot - wanted, base + demand.standing(), base));
    }

    private static String standBy(int replicas) {
        return replicas + (replicas == 1 ? " on-demand replica stands" : " on-demand replicas stand")
                + " by: so shortly after losses what is held on spot may be lost at once";
    }

    private SpotFleet spot(
            PlacementRequest request,
            Pools pools,
            FleetCost cost,
            SpotAccount account,
            int wanted,
            PlacementDraft draft) {
        int atMost = wanted == 0 ? 0 : spec.spares().orElse(MAX_SPARES);
        int atLeast = wanted == 0 ? 0 : spec.spares().orElse(0);
        var fleet = new SpotFleet(pools, cost, wanted, worthOfColdStart(request), account.affordableStarts());
        int homeless = fleet.fill(request.held().spotDelayed());
        if (homeless > 0 && fleet.isOutOfStarts()) {
            draft.waitForSavings(homeless, request.now().plus(LOOK_AGAIN));
        } else if (homeless > 0) {
            draft.block(homeless, "spot", new OfferBook(request, Market.SPOT));
        }
        if (fleet.size() < wanted) {
            return fleet;
        }
        fleet.addSpares(atLeast, atMost);
        if (isSettled(request)) {
            fleet.giveUp(atLeast, atMost);
            if (fleet.isUnchanged()) {
                fleet.move();
            }
        } else {
            // What is too much after a fall of the wanted number need not wait; spares and moves do. A move is one
            // replica too much on purpose.
            fleet.giveUp(atMost + 1, atMost + 1);
        }
        return fleet;
    }

    /// Nothing is on its way, so that what a change leads to is known before the next one.
    private static boolean isSettled(PlacementRequest request) {
        return request.held().replicas().stream()
                .filter(replica -> replica.offer().market() == Market.SPOT)
                .allMatch(replica -> replica.phase() == HeldReplica.Phase.READY);
    }

    /// Spot costs about as much as on-demand: nothing is to be saved.
    private static PlacementDecision onDemandOnly(PlacementRequest request, PlacementDraft draft) {
        draft.placeOnDemand(request.wanted(), request.wanted(), "spot costs nearly as much: cheapest on-demand");
        return draft.finish(new Targets(0, 0, request.wanted(), request.wanted()));
    }

    /// Shortages last as long as a cold start; the longer, the likelier that further losses fall into them.
    private static double worthOfColdStart(PlacementRequest request) {
        double coldStart = request.coldStart().toMillis() / (double) USUAL_COLD_START.toMillis();
        return Math.clamp(Math.pow(coldStart, 0.25), 1, MAX_WORTH_OF_COLD_START);
    }

    /// An outage lasts as long as a replica takes to start, in hours of a spot replica.
    private OptionalDouble priceOfOutage(PlacementRequest request, Pools pools) {
        double minutes =
                request.coldStart().toMillis() / (double) Duration.ofMinutes(1).toMillis();
        return pools.usdOfUnit() <= 0 || spec.outageUsdPerMinute().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(spec.outageUsdPerMinute().getAsDouble() * minutes / pools.usdOfUnit());
    }

    /// Who wants more than 99.9 % of the time pays more to avoid shortages.
    private double worthOfAvailability() {
        double availability = Math.sqrt(USUAL_UNAVAILABILITY / Math.max(1e-9, 1 - spec.availability()));
        return Math.clamp(availability, MIN_WORTH_OF_AVAILABILITY, MAX_WORTH_OF_AVAILABILITY);
    }
}
