package dev.skyhedge.engine.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The cheapest plan of a tiny window by trying all of them: every number of replicas in every place at every
/// tick. What is ready is the least that was held at the samples of a cold start, so the last few samples are
/// all that a plan so far is remembered by.
final class Exhaustion {
    private Exhaustion() {}

    static double cheapest(MarketWindow window, PaperProtocol protocol) {
        int samples = protocol.coldStartTicks() + 1;
        Map<List<List<Integer>>, Double> plans = new HashMap<>();
        plans.put(List.of(), 0.0);
        for (int t = 0; t < protocol.ticks(); t++) {
            Map<List<List<Integer>>, Double> next = new HashMap<>();
            List<List<Integer>> holdings = holdings(window, protocol, t);
            for (var plan : plans.entrySet()) {
                for (List<Integer> holding : holdings) {
                    List<List<Integer>> history = new ArrayList<>(plan.getKey());
                    history.add(holding);
                    if (history.size() > samples) {
                        history.removeFirst();
                    }
                    if (t < protocol.coldStartTicks() || ready(history) >= protocol.target()) {
                        next.merge(List.copyOf(history), plan.getValue() + cost(holding, protocol), Math::min);
                    }
                }
            }
            plans = next;
        }
        return plans.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /// Every number in every zone up to its room, and on-demand, the last.
    private static List<List<Integer>> holdings(MarketWindow window, PaperProtocol protocol, int tick) {
        List<List<Integer>> holdings = List.of(List.of());
        for (int place = 0; place <= window.zones().size(); place++) {
            int room = place == window.zones().size() ? protocol.target() : window.capacity(place, tick);
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> holding : holdings) {
                for (int held = 0; held <= Math.min(room, protocol.target()); held++) {
                    List<Integer> more = new ArrayList<>(holding);
                    more.add(held);
                    longer.add(List.copyOf(more));
                }
            }
            holdings = longer;
        }
        return holdings;
    }

    private static int ready(List<List<Integer>> history) {
        int ready = 0;
        for (int place = 0; place < history.getFirst().size(); place++) {
            int least = Integer.MAX_VALUE;
            for (List<Integer> sample : history) {
                least = Math.min(least, sample.get(place));
            }
            ready += least;
        }
        return ready;
    }

    private static double cost(List<Integer> holding, PaperProtocol protocol) {
        double cost = protocol.onDemandPrice() * holding.getLast();
        for (int zone = 0; zone < holding.size() - 1; zone++) {
            cost += protocol.spotPrice() * holding.get(zone);
        }
        return cost;
    }
}
