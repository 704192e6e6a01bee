package dev.skyhedge.load.engine;

/// What a fake engine is like.
///
/// @param model name that it serves under
/// @param contextTokens prompt and answer together, at least 2
/// @param tokensPerChunk tokens that one event of a stream carries at most, at least 1
/// @param tokensPerSecond of one stream; 0 for as fast as it can
/// @param reportsTokenIds whether it knows `return_token_ids`, as vLLM does
/// @param slots streams at a time; others wait for one of them. 0 for any number
/// @param seed of sampling where a request names none
public record EngineSettings(
        String model,
        int contextTokens,
        int tokensPerChunk,
        double tokensPerSecond,
        boolean reportsTokenIds,
        int slots,
        long seed) {
    public static final String MODEL = "fake";
    public static final int CONTEXT_TOKENS = 4_096;

    public EngineSettings {
        if (contextTokens < 2 || tokensPerChunk < 1 || !(tokensPerSecond >= 0) || slots < 0) {
            throw new IllegalArgumentException("An engine needs a context of 2 tokens or more, a token or more in a"
                    + " chunk and no negative speed, not " + contextTokens + ", " + tokensPerChunk + " and "
                    + tokensPerSecond);
        }
    }

    /// One token in each event, as fast as it can.
    public static EngineSettings defaults() {
        return new EngineSettings(MODEL, CONTEXT_TOKENS, 1, 0, true, 0);
    }

    /// One that takes any number of streams at a time.
    public EngineSettings(
            String model,
            int contextTokens,
            int tokensPerChunk,
            double tokensPerSecond,
            boolean reportsTokenIds,
            long seed) {
        this(model, contextTokens, tokensPerChunk, tokensPerSecond, reportsTokenIds, 0, seed);
    }
}
