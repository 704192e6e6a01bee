package dev.skyhedge.balancer.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// Candidates of a test: plain arrays that it may change.
record Fleet(int[] loads, double[] weights, boolean[] open, long[] identities) implements Candidates {
    static Fleet idle(int size) {
        var weights = new double[size];
        var open = new boolean[size];
        Arrays.fill(weights, 1);
        Arrays.fill(open, true);
        return new Fleet(
                new int[size],
                weights,
                open,
                LongStream.range(0, size).map(i -> 1_000 + i).toArray());
    }

    static Fleet loaded(List<Integer> loads) {
        Fleet fleet = idle(loads.size());
        for (int i = 0; i < loads.size(); i++) {
            fleet.loads[i] = loads.get(i);
        }
        return fleet;
    }

    double mean() {
        return Arrays.stream(loads).average().orElse(0);
    }

    int max() {
        return Arrays.stream(loads).max().orElse(0);
    }

    @Override
    public int size() {
        return loads.length;
    }

    @Override
    public boolean eligible(int index) {
        return open[index];
    }

    @Override
    public double load(int index) {
        return loads[index];
    }

    @Override
    public double weight(int index) {
        return weights[index];
    }

    @Override
    public long identity(int index) {
        return identities[index];
    }
}
