package dev.skyhedge.balancer.policy;

import java.util.concurrent.atomic.AtomicInteger;

/// A policy at work on the replicas of one routing table. It opens no socket and knows no clock: the same
/// choices in the same order have the same results, so that a simulation can be driven by the very policies
/// that serve. Thread-safe.
public final class Chooser {
    private final Policy policy;
    private final int[] sequence;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param weights of the replicas by index, above 0
    public Chooser(Policy policy, double[] weights) {
        this.policy = policy;
        this.sequence = policy == Policy.ROUND_ROBIN ? RoundRobin.sequence(weights) : new int[0];
    }

    /// Chooses a candidate.
    ///
    /// @return its index, or -1 if none is eligible
    public int choose(Candidates candidates) {
        return switch (policy) {
            case LEAST_LOAD -> LeastLoad.choose(candidates, turn.getAndIncrement());
            case ROUND_ROBIN -> takeTurns(candidates);
        };
    }

    /// The next one that takes its turn; after a whole cycle the last one that was asked.
    private int takeTurns(Candidates candidates) {
        int index = -1;
        for (int asked = 0; asked < sequence.length; asked++) {
            index = RoundRobin.choose(candidates, sequence, turn.getAndIncrement());
            if (index < 0 || candidates.takesTurn(index)) {
                return index;
            }
        }
        return index;
    }
}
