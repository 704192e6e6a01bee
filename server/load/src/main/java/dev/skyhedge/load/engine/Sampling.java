package dev.skyhedge.load.engine;

import java.util.List;

/// How an answer is generated.
///
/// @param temperature 0 for the likeliest token each time
/// @param seed of the draws; of no meaning at temperature 0
/// @param maxTokens it ends after so many, at least 1
/// @param minTokens it does not end by itself before
/// @param ignoresEnd whether only its limits end it
/// @param stops strings that end it and are not part of it
record Sampling(double temperature, long seed, int maxTokens, int minTokens, boolean ignoresEnd, List<String> stops) {}
