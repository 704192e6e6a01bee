package dev.skyhedge.balancer.policy;

/// The blocks of a prompt by which caches of prefixes are found: each block's hash is seeded with that of the block
/// before it, so that equal hashes mean equal prefixes. Whole blocks only; no tokenizer. Pure.
public final class PromptBlocks {
    /// About 64 tokens of English.
    public static final int BLOCK_BYTES = 256;
    /// What is beyond these says nothing more about where a prompt belongs.
    public static final int MAX_BLOCKS = 256;

    private PromptBlocks() {}

    /// Hashes a prompt.
    ///
    /// @param prompt in its canonical form: what an engine would turn into tokens, in that order
    /// @param seed of what separates caches beside the prompt, such as the model
    /// @param to gets the hashes; blocks that it has no room for are left out
    /// @return how many there are
    public static int hash(byte[] prompt, int length, long seed, long[] to) {
        int blocks = Math.min(Math.min(length / BLOCK_BYTES, MAX_BLOCKS), to.length);
        long hash = seed;
        for (int block = 0; block < blocks; block++) {
            hash = XxHash64.of(prompt, block * BLOCK_BYTES, BLOCK_BYTES, hash);
            to[block] = hash;
        }
        return blocks;
    }
}
