package dev.skyhedge.engine.pool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How a pool is divided, and what moves for that.
///
/// @param machines that are rented from now on
/// @param shares by claim, in the order of their names; 0 for those who have nothing
/// @param movements in an order in which they can be carried out
public record Division(int machines, SequencedMap<String, Integer> shares, List<Movement> movements) {
    public Division {
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
        movements = List.copyOf(movements);
    }

    /// What a claim has.
    public int of(String claim) {
        return shares.getOrDefault(claim, 0);
    }

    /// What is rented and nobody has.
    public int idle() {
        return machines * Pool.SHARES
                - shares.values().stream().mapToInt(Integer::intValue).sum();
    }
}
