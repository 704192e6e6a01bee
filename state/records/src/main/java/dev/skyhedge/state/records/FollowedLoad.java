package dev.skyhedge.state.records;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The measured load that a mix of accelerators was last planned for.
///
/// @param declaredPerSecond the rate that was declared then: with another one, what is declared
///     counts again
/// @param perSecond requests by size, as `500/250` names one: tokens in, tokens out
public record FollowedLoad(double declaredPerSecond, SortedMap<String, Double> perSecond) {
    public FollowedLoad {
        perSecond = Collections.unmodifiableSortedMap(new TreeMap<>(perSecond));
        perSecond.forEach((size, rate) -> {
            if (size.contains(";") || size.contains("=") || !(rate > 0)) {
                throw new IllegalArgumentException("Not a load: " + rate + " requests per second of " + size);
            }
        });
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException if the text is none
    public static FollowedLoad parse(String text) {
        String[] parts = text.split(";");
        SortedMap<String, Double> perSecond = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = Math.max(0, parts[i].indexOf('='));
            perSecond.put(parts[i].substring(0, equals), Double.valueOf(parts[i].substring(equals + 1)));
        }
        return new FollowedLoad(Double.parseDouble(parts[0]), perSecond);
    }

    /// `4.0;100/100=2.5;8000/500=0.1`.
    @Override
    public String toString() {
        return declaredPerSecond
                + perSecond.entrySet().stream()
                        .map(entry -> ";" + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
