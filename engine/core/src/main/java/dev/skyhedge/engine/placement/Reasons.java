package dev.skyhedge.engine.placement;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Says why a pool was chosen, for people.
final class Reasons {
    private Reasons() {}

    static String target(List<Pool> pools, int[] counts, int chosen) {
        return standing(pools.get(chosen)) + spread(pools, counts, chosen);
    }

    static String spare(List<Pool> pools, int[] counts, int chosen) {
        double losses = 0;
        for (int i = 0; i < counts.length; i++) {
            losses += counts[i] > 0 ? pools.get(i).lossesPerHour() : 0;
        }
        return "spare: " + String.format(Locale.ROOT, "%.1f", losses * 24) + " losses a day are expected; "
                + standing(pools.get(chosen)) + spread(pools, counts, chosen);
    }

    static String move(List<Pool> pools, int from, int to) {
        return "moves from " + pools.get(from).location() + ", " + standing(pools.get(from)) + ": here "
                + standing(pools.get(to));
    }

    static String release(List<Pool> pools, int chosen) {
        return "spare is not worth its price any more; " + standing(pools.get(chosen));
    }

    private static String standing(Pool pool) {
        if (pool.isSuspect()) {
            return "tried again after a loss or refusal";
        }
        if (pool.calm().isPositive()) {
            return "calm for " + text(pool.calm());
        }
        return pool.isKnown() ? "nothing of ours there now" : "not tried yet";
    }

    private static String spread(List<Pool> pools, int[] counts, int chosen) {
        boolean any = false;
        boolean inRegion = false;
        for (int i = 0; i < counts.length; i++) {
            any |= counts[i] > 0;
            inRegion |= counts[i] > 0
                    && pools.get(i).region().equals(pools.get(chosen).region());
        }
        if (!any) {
            return "";
        }
        if (counts[chosen] > 0) {
            return ", beside ours";
        }
        return inRegion ? ", none of ours in the zone" : ", none of ours in the region";
    }

    private static String text(Duration calm) {
        if (calm.toHours() >= 1) {
            return calm.toHours() + "h";
        }
        return calm.toMinutes() >= 1 ? calm.toMinutes() + "m" : calm.toSeconds() + "s";
    }
}
