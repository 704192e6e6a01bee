package dev.skyhedge.engine.service;

import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many replicas may be launched now: no limit normally, but an update may only run its surge beyond the
/// target, of both markets together and of each.
final class Headroom {
    private final Map<Market, Integer> left = new EnumMap<>(Market.class);
    private int leftInAll;

    private Headroom(int spot, int onDemand, int inAll) {
        left.put(Market.SPOT, spot);
        left.put(Market.ON_DEMAND, onDemand);
        leftInAll = inAll;
    }

    /// What an update and the doubt about it leave.
    static Headroom of(
            UpdateSpec update, Replicas fleet, Retirements retirements, PlacementDecision decision, Doubt doubt) {
        if (doubt.isStrong() && doubt.standing() == 0) {
            long trying = retirements.remaining(fleet.current()).stream()
                    .filter(replica -> !replica.isProven())
                    .count();
            return of(trying == 0 ? 1 : 0);
        }
        if (retirements.remaining(fleet.outdated()).isEmpty() || update.mode() == UpdateSpec.Mode.BLUE_GREEN) {
            return unlimited();
        }
        List<Market> there = fleet.all().stream()
                .filter(Headroom::takesRoom)
                .map(replica -> replica.offer().market())
                .toList();
        return ofUpdate(decision, update.surge(), there);
    }

    /// What drains or stops is there until it is gone: it is paid for, and counts against quotas. What the cloud
    /// takes is replaced at once.
    private static boolean takesRoom(ReplicaRecord replica) {
        return replica.lifecycle().isLive() && replica.endsAs() != Lifecycle.PREEMPTED;
    }

    private static Headroom unlimited() {
        return new Headroom(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /// Just so many.
    private static Headroom of(int launches) {
        return new Headroom(launches, launches, launches);
    }

    /// @param markets of the replicas that exist, those on their way out included
    private static Headroom ofUpdate(PlacementDecision decision, int surge, List<Market> markets) {
        int spot = (int) markets.stream().filter(Market.SPOT::equals).count();
        int onDemand = markets.size() - spot;
        return new Headroom(
                decision.spotTarget() + surge - spot,
                decision.onDemandTarget() + surge - onDemand,
                decision.spotTarget() + decision.onDemandTarget() + surge - markets.size());
    }

    /// Takes room for one; false if there is none.
    boolean take(Market market) {
        int ofMarket = left.getOrDefault(market, 0);
        if (ofMarket <= 0 || leftInAll <= 0) {
            return false;
        }
        left.put(market, ofMarket - 1);
        leftInAll--;
        return true;
    }
}
