package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.spi.Market;
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

    static Headroom unlimited() {
        return new Headroom(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /// Just so many.
    static Headroom of(int launches) {
        return new Headroom(launches, launches, launches);
    }

    /// @param markets of the replicas that exist, those on their way out included
    static Headroom ofUpdate(PlacementDecision decision, int surge, List<Market> markets) {
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
