package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Release;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Changes the spot part of a fleet step by step, each time to where it is expected to cost least. An object
/// works on one decision.
final class SpotFleet {
    /// A spare is given up, or a replica moved, only if that is worth this much an hour; more where a
    /// replica takes long to start, and moving it thus costs more.
    private static final double WORTH_A_CHANGE = 0.5;

    /// What could be done without takes at most this part of what spot saves.
    private static final double SPARES_SHARE_OF_SAVINGS = 2.0 / 3;

    private static final double NOTHING = 1e-9;

    private final Pools pools;
    private final FleetCost cost;
    private final int wanted;
    private final double worthAChange;
    private final int affordableStarts;
    private final int[] held;
    private final int[] counts;
    private final List<Choice> launches = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();

    /// @param effort how much a change costs, 1 for the usual service
    /// @param affordableStarts at most so many are launched
    SpotFleet(Pools pools, FleetCost cost, int wanted, double effort, int affordableStarts) {
        this.pools = pools;
        this.cost = cost;
        this.wanted = wanted;
        this.worthAChange = WORTH_A_CHANGE * effort;
        this.affordableStarts = affordableStarts;
        this.held = pools.held();
        this.counts = pools.held();
    }

    /// Whether nothing more may be started, wherever it is.
    boolean isOutOfStarts() {
        return launches.size() >= affordableStarts;
    }

    /// Replaces what is missing of the wanted number, where it costs least. Returns how many found no pool.
    int fill(int delayed) {
        while (size() < wanted - delayed) {
            int best = bestAddition(Double.POSITIVE_INFINITY);
            if (best < 0) {
                return wanted - delayed - size();
            }
            add(best, Role.TARGET, Reasons.target(pools.list(), counts, best));
        }
        return 0;
    }

    /// Adds spares as long as each saves more than it costs, or as many as are asked for.
    void addSpares(int atLeast, int atMost) {
        while (size() < wanted + atMost) {
            boolean must = size() < wanted + atLeast;
            int best = must ? bestAddition(Double.POSITIVE_INFINITY) : bestLuxury(now() - NOTHING);
            if (best < 0) {
                return;
            }
            add(best, Role.SPARE, Reasons.spare(pools.list(), counts, best));
        }
    }

    /// Gives up what is not worth its price any more, the riskiest first.
    void giveUp(int atLeast, int atMost) {
        while (size() > wanted + atLeast) {
            boolean must = size() > wanted + atMost;
            int best = bestRemoval(must ? Double.POSITIVE_INFINITY : now() - worthAChange);
            if (best < 0) {
                return;
            }
            counts[best]--;
            releases.add(new Release(
                    pools.list().get(best).offer(),
                    must ? "more than needed: " + wanted + " wanted" : Reasons.release(pools.list(), best)));
        }
    }

    /// Starts one replica where it would be better off; once it is ready, the one that is worst off is given up.
    void move() {
        if (isOutOfStarts()) {
            return;
        }
        double best = now() - worthAChange;
        int from = -1;
        int to = -1;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; counts[i] > 0 && j < counts.length; j++) {
                if (i == j || pools.list().get(j).isSuspect() || !pools.mayAskForLuxury(j, 0)) {
                    continue;
                }
                counts[i]--;
                counts[j]++;
                double after = now();
                counts[i]++;
                counts[j]--;
                if (after < best - NOTHING) {
                    best = after;
                    from = i;
                    to = j;
                }
            }
        }
        if (to >= 0) {
            add(to, Role.SPARE, Reasons.move(pools.list(), from, to));
        }
    }

    boolean isUnchanged() {
        return launches.isEmpty() && releases.isEmpty();
    }

    /// All of them, new ones included.
    int size() {
        int size = 0;
        for (int count : counts) {
            size += count;
        }
        return size;
    }

    /// By pool, of what is there and stays. What was only asked for is not there: most of it is refused where
    /// stand-ins matter, and one that stands by for it would come and go with every try.
    int[] staying() {
        int[] staying = pools.accepted();
        for (int i = 0; i < counts.length; i++) {
            staying[i] = Math.min(staying[i], counts[i]);
        }
        return staying;
    }

    List<Choice> launches() {
        return launches;
    }

    List<Release> releases() {
        return releases;
    }

    private double now() {
        return cost.perHour(counts, 0, FleetCost.OUTAGE_BY_CHOICE);
    }

    private void add(int pool, Role role, String reason) {
        counts[pool]++;
        launches.add(new Choice(pools.list().get(pool).offer(), role, reason));
    }

    private int bestAddition(double below) {
        return best(+1, below, i -> pools.mayAsk(i, Math.max(0, counts[i] - held[i])));
    }

    private int bestLuxury(double below) {
        double affordable = SPARES_SHARE_OF_SAVINGS * cost.belowAllOnDemand(counts);
        return best(
                +1,
                below,
                i -> pools.list().get(i).price() <= affordable + NOTHING
                        && pools.mayAskForLuxury(i, Math.max(0, counts[i] - held[i])));
    }

    private int bestRemoval(double below) {
        return best(-1, below, i -> counts[i] > 0);
    }

    /// The pool where one more, or one less, costs least; -1 if that is nowhere below the limit.
    private int best(int change, double below, IntPredicate allowed) {
        if (change > 0 && isOutOfStarts()) {
            return -1;
        }
        int best = -1;
        double lowest = below;
        for (int i = 0; i < counts.length; i++) {
            if (!allowed.test(i)) {
                continue;
            }
            counts[i] += change;
            double after = now();
            counts[i] -= change;
            // Where pools are equal, one without bad news goes first, then the first by price and name.
            if (change > 0 && pools.list().get(i).isSuspect()) {
                after += 0.01;
            }
            if (after < lowest - NOTHING) {
                lowest = after;
                best = i;
            }
        }
        return best;
    }
}
