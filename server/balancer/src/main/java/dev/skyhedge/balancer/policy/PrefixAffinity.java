package dev.skyhedge.balancer.policy;

/// The `prefix_affinity` policy: where most of the prompt is in a cache, weighed against the wait there, both in
/// seconds until the first byte. Pure.
///
/// A prompt that nobody has seen goes to the least loaded. Else, of the two targets that have seen most of it and two
/// others, drawn at random, the one that saves most beyond its wait serves, if its load stays bounded; if none does,
/// the least loaded. The guard is asked of the
/// preferred target for each request: one that holds for the whole fleet lets a single imbalance end all affinity,
/// and affinity without a load term is a hot spot.
public final class PrefixAffinity {
    private static final double SHARE_ABOVE_MEAN = 1.25;
    private static final double REQUESTS_ABOVE_MEAN = 2;
    private static final int PREFERRED = 2;

    private PrefixAffinity() {}

    /// What this policy knows of its targets beside their load.
    public interface Targets extends Candidates {
        /// Its place in a [PrefixIndex]; below 0 if it has none.
        int slot(int index);

        /// Tokens of prompts that it reads in a second, above 0.
        double prefillRate(int index);

        /// Seconds until it would begin with the prompt.
        double waitSeconds(int index);
    }

    /// Chooses a target.
    ///
    /// @param hits of the prompt
    /// @param blocks of the prompt
    /// @param tokens of the whole prompt, about
    /// @param random 64 random bits
    /// @return its index, or -1 if none is eligible
    public static int choose(Targets targets, PrefixIndex.Hits hits, int blocks, double tokens, long random) {
        int best = mostSeen(targets, hits, -1);
        if (best < 0) {
            return LeastLoad.choose(targets, (int) random);
        }
        int second = mostSeen(targets, hits, best);
        int third = PowerOfTwo.draw(targets, random);
        int fourth = PowerOfTwo.draw(targets, Mix.of(random));
        double meanLoad = mean(targets, false);
        double meanWeight = mean(targets, true);
        int chosen = -1;
        double chosenGain = Double.NEGATIVE_INFINITY;
        for (int one = 0; one < PREFERRED + PREFERRED; one++) {
            int index = one == 0 ? best : one == 1 ? second : one == 2 ? third : fourth;
            if (index >= 0 && isBounded(targets, index, meanLoad, meanWeight)) {
                double gain = gain(targets, index, hits, blocks, tokens);
                if (gain > chosenGain) {
                    chosen = index;
                    chosenGain = gain;
                }
            }
        }
        return chosen >= 0 ? chosen : LeastLoad.choose(targets, (int) random);
    }

    /// Seconds that it saves until the first byte.
    private static double gain(Targets targets, int index, PrefixIndex.Hits hits, int blocks, double tokens) {
        double share = blocks == 0 ? 0 : (double) hits.of(targets.slot(index)) / blocks;
        return share * tokens / targets.prefillRate(index) - targets.waitSeconds(index);
    }

    private static boolean isBounded(Targets targets, int index, double meanLoad, double meanWeight) {
        double load = (targets.load(index) + 1) / (targets.weight(index) / meanWeight);
        return load <= Math.max(SHARE_ABOVE_MEAN * meanLoad, meanLoad + REQUESTS_ABOVE_MEAN);
    }

    private static int mostSeen(Targets targets, PrefixIndex.Hits hits, int except) {
        int most = -1;
        int seen = 0;
        for (int index = 0; index < targets.size(); index++) {
            if (index != except && targets.eligible(index) && hits.of(targets.slot(index)) > seen) {
                most = index;
                seen = hits.of(targets.slot(index));
            }
        }
        return most;
    }

    private static double mean(Targets targets, boolean ofWeights) {
        double sum = 0;
        int eligible = 0;
        for (int index = 0; index < targets.size(); index++) {
            if (targets.eligible(index)) {
                sum += ofWeights ? targets.weight(index) : targets.load(index);
                eligible++;
            }
        }
        return eligible == 0 ? 1 : sum / eligible;
    }
}
