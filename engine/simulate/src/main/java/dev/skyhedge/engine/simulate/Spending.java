package dev.skyhedge.engine.simulate;

import java.util.Arrays;

/// What was spent in each tick, in prices of the protocol. Immutable.
public final class Spending {
    private final double[] byTick;

    private Spending(double[] byTick) {
        this.byTick = byTick;
    }

    /// A copy of these.
    static Spending of(double[] byTick) {
        return new Spending(byTick.clone());
    }

    /// In this tick.
    public double at(int tick) {
        return byTick[tick];
    }

    /// How many ticks there are.
    public int ticks() {
        return byTick.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spending spending && Arrays.equals(byTick, spending.byTick);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byTick);
    }

    @Override
    public String toString() {
        return Arrays.toString(byTick);
    }
}
