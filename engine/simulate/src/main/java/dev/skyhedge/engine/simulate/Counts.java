package dev.skyhedge.engine.simulate;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A whole number for each tick. Immutable.
public final class Counts {
    private final int[] values;

    private Counts(int[] values) {
        this.values = values;
    }

    /// A copy of these.
    public static Counts of(int... values) {
        return new Counts(values.clone());
    }

    /// The same number throughout.
    public static Counts constant(int value, int ticks) {
        int[] values = new int[ticks];
        Arrays.fill(values, value);
        return new Counts(values);
    }

    public int at(int tick) {
        return values[tick];
    }

    /// How many ticks there are.
    public int size() {
        return values.length;
    }

    public long sum() {
        return stream().asLongStream().sum();
    }

    public IntStream stream() {
        return Arrays.stream(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && Arrays.equals(values, counts.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
