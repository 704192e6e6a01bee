package dev.skyhedge.engine.service;

import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How many replicas of one part may be launched now: no limit normally, but an update may only run its surge beyond
/// the targets, of all parts together and of each market.
final class Headroom {
    private final Map<Market, Integer> left = new EnumMap<>(Market.class);
    private final Optional<Surge> surge;
    private int missing;

    private Headroom(int spot, int onDemand, int missing, Optional<Surge> surge) {
        left.put(Market.SPOT, spot);
        left.put(Market.ON_DEMAND, onDemand);
        this.missing = missing;
        this.surge = surge;
    }

    /// What an update and the doubt about it leave to a part.
    ///
    /// @param updating what all its parts have together while there are replicas of an earlier edit; empty if there
    ///     are none, or if they stay until all others are there
    static Headroom of(
            int surge,
            Optional<Surge> updating,
            Replicas fleet,
            Retirements retirements,
            PlacementDecision decision,
            Doubt doubt) {
        if (doubt.isStrong() && doubt.standing() == 0) {
            long trying = retirements.remaining(fleet.current()).stream()
                    .filter(replica -> !replica.isProven())
                    .count();
            return just(trying == 0 ? 1 : 0);
        }
        if (updating.isEmpty()) {
            return just(Integer.MAX_VALUE);
        }
        return new Headroom(
                decision.spotTarget() + surge - there(fleet, Market.SPOT),
                decision.onDemandTarget() + surge - there(fleet, Market.ON_DEMAND),
                missing(fleet, decision),
                updating);
    }

    /// Of the target of a part, those on their way out being there until they are gone.
    static int missing(Replicas fleet, PlacementDecision decision) {
        return decision.target() - there(fleet, Market.SPOT) - there(fleet, Market.ON_DEMAND);
    }

    /// What drains or stops is there until it is gone: it is paid for, and counts against quotas. What the cloud
    /// takes is replaced at once.
    private static int there(Replicas fleet, Market market) {
        return (int) fleet.all().stream()
                .filter(replica -> replica.lifecycle().isLive() && replica.endsAs() != Lifecycle.PREEMPTED)
                .filter(replica -> replica.offer().market() == market)
                .count();
    }

    /// Just so many.
    private static Headroom just(int launches) {
        return new Headroom(launches, launches, launches, Optional.empty());
    }

    /// Takes room for one; false if there is none.
    boolean take(Market market) {
        int ofMarket = left.getOrDefault(market, 0);
        if (ofMarket <= 0 || !takeOfAll()) {
            return false;
        }
        left.put(market, ofMarket - 1);
        missing--;
        return true;
    }

    private boolean takeOfAll() {
        return surge.isPresent() ? surge.get().take(missing > 0) : missing > 0;
    }
}
