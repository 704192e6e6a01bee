package dev.skyhedge.balancer.keys;

import java.util.SortedMap;

/// What a key has used since its balancer started or it was first known.
///
/// @param key its name
/// @param inFlight gauge: requests not answered yet, held ones included
/// @param requests that were let in
/// @param promptTokens as far as answers told
/// @param completionTokens the same
/// @param refused requests that were not let in, by what was used up
public record KeyStatistics(
        String key,
        int inFlight,
        long requests,
        long promptTokens,
        long completionTokens,
        SortedMap<KeyLimit, Long> refused) {}
