package dev.skyhedge.balancer.prompt;

import dev.skyhedge.balancer.policy.PromptBlocks;
import java.util.Arrays;
import java.util.Optional;

/// A prompt as caches of prefixes see it: the hashes of its blocks, and about how long it is. Immutable; its text is
/// not kept.
public final class Prompt {
    /// Of English, and good enough of most else: the length only weighs what a cache saves against a wait.
    private static final double BYTES_PER_TOKEN = 4;

    private final long[] hashes;
    private final double tokens;

    private Prompt(long[] hashes, double tokens) {
        this.hashes = hashes;
        this.tokens = tokens;
    }

    /// Hashes a prompt in its canonical form, see [PromptBlocks#hash].
    ///
    /// @param length of the part of the array that is the prompt's beginning
    /// @param allBytes of the whole prompt, at least `length`
    /// @param seed of what separates caches beside the prompt
    /// @return empty for one that is shorter than a block, of which no cache can tell anything
    static Optional<Prompt> of(byte[] canonical, int length, long allBytes, long seed) {
        long[] room = new long[Math.min(length / PromptBlocks.BLOCK_BYTES, PromptBlocks.MAX_BLOCKS)];
        int blocks = PromptBlocks.hash(canonical, length, seed, room);
        return blocks == 0 ? Optional.empty() : Optional.of(new Prompt(room, allBytes / BYTES_PER_TOKEN));
    }

    /// At least 1.
    public int blocks() {
        return hashes.length;
    }

    /// Of the whole prompt, about; also of what is beyond its last block.
    public double tokens() {
        return tokens;
    }

    /// About how many are left to read for who has its first blocks.
    ///
    /// @param seen 0 to [#blocks()]
    public long tokensAfter(int seen) {
        return Math.max(0, Math.round(tokens - seen * PromptBlocks.BLOCK_BYTES / BYTES_PER_TOKEN));
    }

    /// Not to be written to: a copy for each choice would cost more than the choice.
    long[] hashes() {
        return hashes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompt prompt && tokens == prompt.tokens && Arrays.equals(hashes, prompt.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "prompt of " + hashes.length + " blocks";
    }
}
