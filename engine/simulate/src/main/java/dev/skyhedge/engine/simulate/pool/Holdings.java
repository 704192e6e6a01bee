package dev.skyhedge.engine.simulate.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// Who has how many shares of a pool, and since when they can be used.
public final class Holdings {
    private final Map<String, Deque<Batch>> byClaim = new TreeMap<>();

    /// @param from when a machine was there, or is going to be
    private record Batch(int shares, double from) {}

    Holdings() {}

    /// What a claim has, whether it can be used yet or not.
    public int held(String claim) {
        return batches(claim).stream().mapToInt(Batch::shares).sum();
    }

    /// What of it has been there for so many seconds.
    public int usable(String claim, double now, double since) {
        return batches(claim).stream()
                .filter(batch -> batch.from() + since <= now)
                .mapToInt(Batch::shares)
                .sum();
    }

    void add(String claim, int shares, double from) {
        batches(claim).addLast(new Batch(shares, from));
    }

    /// Takes what came last.
    ///
    /// @return when the last of it was there, or is going to be
    double remove(String claim, int shares) {
        Deque<Batch> batches = batches(claim);
        double last = 0;
        int open = shares;
        while (open > 0) {
            Batch newest = batches.removeLast();
            last = Math.max(last, newest.from());
            if (newest.shares() > open) {
                batches.addLast(new Batch(newest.shares() - open, newest.from()));
            }
            open -= Math.min(open, newest.shares());
        }
        return last;
    }

    private Deque<Batch> batches(String claim) {
        return byClaim.computeIfAbsent(claim, _ -> new ArrayDeque<>());
    }
}
