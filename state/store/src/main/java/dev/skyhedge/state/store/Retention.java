package dev.skyhedge.state.store;

import java.time.Duration;

/// How much of the past a store keeps. What is older is dropped in small steps as new things are committed.
///
/// @param serials how many of the newest serials stay readable, at least 1
/// @param events how many of the newest events are kept, at least 1
/// @param spend how long after its end a spend entry is kept by itself; older ones are folded into their total
public record Retention(int serials, int events, Duration spend) {
    private static final int FOLDS = 20;
    public static final Retention DEFAULT = new Retention(10_000, 20_000, Duration.ofDays(90));

    public Retention {
        if (serials < 1 || events < 1 || spend.isNegative()) {
            throw new IllegalArgumentException("Retention is at least 1, or a time: " + serials + " serials, " + events
                    + " events, " + spend + " of spend");
        }
    }

    /// Whether the commit of this tick folds spend: a rare one, because folding reads all old entries. By
    /// default it is every thousandth.
    boolean foldsSpendAt(long tick) {
        return tick % Math.max(1, events / FOLDS) == 0;
    }
}
