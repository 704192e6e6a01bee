package dev.skyhedge.engine.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// The bound as a shortest path, for windows in which every zone has room for all wanted replicas or for none.
///
/// Then each wanted replica is served as if it were alone: at every tick from one place, where whatever serves
/// has been held for a cold start. To stay costs the price of the place for a tick; to move costs the new
/// place's price for a cold start more. The linear program says the same: its solutions are flows along such
/// paths.
final class HindsightPath {
    private static final double IMPOSSIBLE = Double.POSITIVE_INFINITY;

    private final PaperProtocol protocol;
    private final List<Place> places = new ArrayList<>();
    /// For each tick and place, from which place the cheapest way came there.
    private final int[][] cameFrom;

    /// Where a replica can be served from.
    ///
    /// @param price for a tick
    /// @param warmUp how many ticks it is held there before it is ready
    /// @param since for each tick, how many ticks up to it the place has had room without a break
    private record Place(double price, int warmUp, Counts since) {
        boolean isReady(int tick) {
            return since.at(tick) > warmUp;
        }
    }

    /// The cheapest ways to be served up to some tick, by the place that serves it.
    private record Front(double[] cost, double[] judgedCost, int[] missing) {
        static Front of(int places) {
            double[] cost = new double[places];
            Arrays.fill(cost, IMPOSSIBLE);
            return new Front(cost, new double[places], new int[places]);
        }

        int cheapest() {
            int cheapest = 0;
            for (int i = 1; i < cost.length; i++) {
                if (cost[i] < cost[cheapest]) {
                    cheapest = i;
                }
            }
            return cheapest;
        }
    }

    private HindsightPath(MarketWindow window, PaperProtocol protocol, OptionalDouble shortfallPrice) {
        this.protocol = protocol;
        this.cameFrom = new int[protocol.ticks()][];
        for (Counts capacity : window.capacity()) {
            places.add(new Place(protocol.spotPrice(), protocol.coldStartTicks(), since(capacity)));
        }
        Counts always = since(Counts.constant(1, protocol.ticks()));
        places.add(new Place(protocol.onDemandPrice(), protocol.coldStartTicks(), always));
        shortfallPrice.ifPresent(price -> places.add(new Place(price, 0, always)));
    }

    /// Whether every zone has room for all wanted replicas or for none at every tick.
    static boolean applies(MarketWindow window, PaperProtocol protocol) {
        return window.capacity().stream()
                .flatMapToInt(Counts::stream)
                .allMatch(room -> room == 0 || room >= protocol.target());
    }

    /// @param shortfallPrice what a missing replica is charged for a tick; empty if none may be missing
    static Bound of(MarketWindow window, PaperProtocol protocol, OptionalDouble shortfallPrice) {
        return new HindsightPath(window, protocol, shortfallPrice)
                .bound(shortfallPrice.isPresent() ? window.zones().size() + 1 : -1, shortfallPrice.orElse(0));
    }

    private Counts since(Counts capacity) {
        int[] since = new int[protocol.ticks()];
        for (int t = 0; t < since.length; t++) {
            since[t] = capacity.at(t) == 0 ? 0 : (t == 0 ? 0 : since[t - 1]) + 1;
        }
        return Counts.of(since);
    }

    private Bound bound(int nowhere, double shortfallPrice) {
        int first = protocol.coldStartTicks();
        Front front = Front.of(places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.isReady(first)) {
                front.cost()[i] = place.price() * (place.warmUp() + 1);
                front.judgedCost()[i] = i == nowhere ? 0 : place.price();
                front.missing()[i] = i == nowhere ? 1 : 0;
            }
        }
        for (int t = first + 1; t < protocol.ticks(); t++) {
            front = next(front, t, nowhere);
        }
        int last = front.cheapest();
        int target = protocol.target();
        double missing = front.missing()[last];
        double judged = protocol.judgedTicks();
        double cost = front.judgedCost()[last] * target;
        return new Bound(
                (front.cost()[last] - missing * shortfallPrice) * target,
                cost,
                cost / protocol.onDemandCost(),
                1 - missing / judged,
                missing * target / judged,
                Bound.Method.SHORTEST_PATH,
                true,
                Spending.of(spent(last, nowhere)));
    }

    /// What all replicas spend in each tick on the way that ends at a place, found by going back.
    private double[] spent(int last, int nowhere) {
        double[] spent = new double[protocol.ticks()];
        int first = protocol.coldStartTicks();
        int at = last;
        for (int t = protocol.ticks() - 1; t >= first; t--) {
            int before = t == first ? -1 : cameFrom[t][at];
            int heldFrom = before == at ? t : t - places.get(at).warmUp();
            double price = at == nowhere ? 0 : places.get(at).price() * protocol.target();
            for (int tick = heldFrom; tick <= t; tick++) {
                spent[tick] += price;
            }
            at = Math.max(before, 0);
        }
        return spent;
    }

    private Front next(Front before, int tick, int nowhere) {
        Front after = Front.of(places.size());
        int cheapest = before.cheapest();
        cameFrom[tick] = new int[places.size()];
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (!place.isReady(tick)) {
                continue;
            }
            double move = before.cost()[cheapest] + place.price() * (place.warmUp() + 1);
            double stay = before.cost()[i] + place.price();
            boolean stays = stay <= move;
            int from = stays ? i : cheapest;
            cameFrom[tick][i] = from;
            int held = stays ? 1 : 1 + Math.min(place.warmUp(), tick - protocol.coldStartTicks());
            after.cost()[i] = Math.min(stay, move);
            after.judgedCost()[i] = before.judgedCost()[from] + (i == nowhere ? 0 : place.price() * held);
            after.missing()[i] = before.missing()[from] + (i == nowhere ? 1 : 0);
        }
        return after;
    }
}
