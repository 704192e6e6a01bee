package dev.skyhedge.engine.simulate.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Where the token counts of requests come from.
public sealed interface Lengths {
    /// Prompt and answer of one request.
    record Pair(int inputTokens, int outputTokens) {}

    Pair draw(RandomGenerator random);

    /// Always the same.
    record Fixed(int inputTokens, int outputTokens) implements Lengths {
        /// Unless told otherwise: the means of the conversation trace of Azure's LLM service, 2023.
        public static final Fixed DEFAULT = new Fixed(1_155, 211);

        @Override
        public Pair draw(RandomGenerator random) {
            return new Pair(inputTokens, outputTokens);
        }
    }

    /// Pairs that were seen together, each as likely as another.
    record Pairs(int[] inputTokens, int[] outputTokens) implements Lengths {
        @Override
        public Pair draw(RandomGenerator random) {
            int i = random.nextInt(inputTokens.length);
            return new Pair(inputTokens[i], outputTokens[i]);
        }
    }

    /// Prompt and answer drawn apart, which is an approximation where only their marginals are known.
    record Marginals(Distribution input, Distribution output) implements Lengths {
        @Override
        public Pair draw(RandomGenerator random) {
            return new Pair(input.draw(random), output.draw(random));
        }
    }

    /// Token counts with their probabilities.
    ///
    /// @param tokens the counts
    /// @param cumulative sum of the weights up to and including each, ascending, above 0 at the end
    record Distribution(int[] tokens, double[] cumulative) {
        int draw(RandomGenerator random) {
            double point = random.nextDouble() * cumulative[cumulative.length - 1];
            int found = Arrays.binarySearch(cumulative, point);
            int index = found >= 0 ? found + 1 : -found - 1;
            return tokens[Math.min(index, tokens.length - 1)];
        }
    }
}
