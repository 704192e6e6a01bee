package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who serves which requests on the replicas that are there, which may be others than a mix has:
/// spares, stand-ins, or less than it wants. Pure.
///
/// Each bucket goes where it is cheapest, those first that lose the most by going elsewhere, until
/// replicas are as busy as they are meant to be. If that leaves something over, all become busier
/// alike until nothing is left.
public final class SizeShares {
    /// By which replicas become busier, each time that not everything fits.
    private static final double BUSIER = 1.05;

    /// Twenty times what they sustain; then all goes where it is cheapest.
    private static final int MOST_TURNS = 62;

    private static final double NOTHING = 1e-9;

    /// Of a bucket without requests, so that its first one knows where to go.
    private static final double LEAST_RATE = 1e-6;

    private final Profile profile;
    private final SortedMap<Accelerator, Integer> replicas;
    private final SortedMap<Accelerator, Double> prices;

    /// @param profile of what may serve
    /// @param replicas that serve, of each accelerator
    /// @param prices per hour of one of each
    public SizeShares(
            Profile profile, SortedMap<Accelerator, Integer> replicas, SortedMap<Accelerator, Double> prices) {
        this.profile = profile;
        this.replicas = replicas;
        this.prices = prices;
    }

    /// Shares in parts of 1 by bucket; a bucket that none of them is known to serve has none.
    ///
    /// @param rates of requests; buckets that are not in it have none yet
    /// @param busy how much of what they sustain replicas are meant to be given; above 0, at most 1
    public SortedMap<Bucket, SortedMap<Accelerator, Double>> of(
            Iterable<Bucket> buckets, RequestRates rates, double busy) {
        List<Load> loads = new ArrayList<>();
        for (Bucket bucket : buckets) {
            List<Choice> choices = choices(bucket);
            if (!choices.isEmpty()) {
                loads.add(
                        new Load(bucket, Math.max(LEAST_RATE, rates.perSecond().getOrDefault(bucket, 0.0)), choices));
            }
        }
        loads.sort(Comparator.comparingDouble((Load load) -> -load.regret()).thenComparing(Load::bucket));
        double room = busy;
        for (int turn = 0; turn < MOST_TURNS; turn++, room *= BUSIER) {
            SortedMap<Bucket, SortedMap<Accelerator, Double>> shares = new TreeMap<>();
            if (fit(loads, room, shares)) {
                return shares;
            }
        }
        SortedMap<Bucket, SortedMap<Accelerator, Double>> cheapest = new TreeMap<>();
        fit(loads, Double.MAX_VALUE / 2, cheapest);
        return cheapest;
    }

    /// Where a bucket may go.
    ///
    /// @param cost of one request per second, an hour
    private record Choice(Accelerator accelerator, double maxRate, double cost) {}

    /// @param choices the cheapest first; at least one
    private record Load(Bucket bucket, double perSecond, List<Choice> choices) {
        /// What the second choice costs more than the first.
        double regret() {
            return choices.size() < 2
                    ? Double.POSITIVE_INFINITY
                    : perSecond * (choices.get(1).cost() - choices.getFirst().cost());
        }
    }

    private List<Choice> choices(Bucket bucket) {
        List<Choice> choices = new ArrayList<>();
        replicas.forEach((accelerator, count) -> {
            double maxRate = profile.maxRates()
                    .getOrDefault(accelerator, new TreeMap<>())
                    .getOrDefault(bucket, 0.0);
            if (count > 0 && maxRate > 0) {
                choices.add(new Choice(accelerator, maxRate, prices.getOrDefault(accelerator, 1.0) / maxRate));
            }
        });
        choices.sort(Comparator.comparingDouble(Choice::cost).thenComparing(Choice::accelerator));
        return choices;
    }

    private boolean fit(List<Load> loads, double busy, Map<Bucket, SortedMap<Accelerator, Double>> shares) {
        SortedMap<Accelerator, Double> room = new TreeMap<>();
        replicas.forEach((accelerator, count) -> room.put(accelerator, count * busy));
        for (Load load : loads) {
            SortedMap<Accelerator, Double> share = new TreeMap<>();
            double left = 1;
            for (Choice choice : load.choices()) {
                double free = room.getOrDefault(choice.accelerator(), 0.0);
                double taken = Math.min(left, free * choice.maxRate() / load.perSecond());
                if (taken > NOTHING) {
                    share.put(choice.accelerator(), taken);
                    room.put(choice.accelerator(), free - taken * load.perSecond() / choice.maxRate());
                    left -= taken;
                }
            }
            if (left > NOTHING) {
                return false;
            }
            shares.put(load.bucket(), share);
        }
        return true;
    }
}
