package dev.skyhedge.balancer.policy;

import java.util.Arrays;

/// The `round_robin` policy: a smooth weighted sequence, computed once per routing table. Pure.
///
/// Smooth means that a heavy target's turns are spread over the cycle, not bunched: at every step each target
/// gains its weight, the richest one is taken and pays the sum of all weights.
final class RoundRobin {
    /// Longest sequence; shares finer than one in this many are rounded.
    static final int MAX_LENGTH = 1_024;

    private RoundRobin() {}

    /// The order in which the targets take turns, as indexes into the weights. Every target has at least one
    /// turn.
    ///
    /// @param weights above 0
    static int[] sequence(double[] weights) {
        int[] turns = turns(weights);
        int length = Arrays.stream(turns).sum();
        int[] sequence = new int[length];
        int[] credit = new int[turns.length];
        for (int step = 0; step < length; step++) {
            int richest = 0;
            for (int i = 0; i < turns.length; i++) {
                credit[i] += turns[i];
                if (credit[i] > credit[richest]) {
                    richest = i;
                }
            }
            credit[richest] -= length;
            sequence[step] = richest;
        }
        return sequence;
    }

    /// The next eligible target in the sequence.
    ///
    /// @param position grows by one with every choice; may overflow
    /// @return its index, or -1 if none is eligible
    static int choose(Candidates candidates, int[] sequence, int position) {
        int start = sequence.length == 0 ? 0 : Math.floorMod(position, sequence.length);
        for (int step = 0; step < sequence.length; step++) {
            int index = sequence[(start + step) % sequence.length];
            if (candidates.eligible(index)) {
                return index;
            }
        }
        return -1;
    }

    private static int[] turns(double[] weights) {
        double smallest = Arrays.stream(weights).min().orElse(1);
        double scaled = Arrays.stream(weights).map(w -> w / smallest).sum();
        double precise = isWhole(weights, smallest) ? 1 : 10;
        double scale = Math.min(precise, MAX_LENGTH / scaled);
        int[] turns = Arrays.stream(weights)
                .mapToInt(w -> (int) Math.max(1, Math.round(w / smallest * scale)))
                .toArray();
        int divisor = Arrays.stream(turns).reduce(0, RoundRobin::greatestCommonDivisor);
        return Arrays.stream(turns).map(t -> t / Math.max(1, divisor)).toArray();
    }

    private static boolean isWhole(double[] weights, double smallest) {
        return Arrays.stream(weights).map(w -> w / smallest).allMatch(w -> w == Math.rint(w));
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
