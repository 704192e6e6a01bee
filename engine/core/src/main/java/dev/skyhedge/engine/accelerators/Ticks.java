package dev.skyhedge.engine.accelerators;

import java.util.Collection;
import java.util.List;

/// Where sizes of requests are cut. A request belongs to the smallest tick that is not below its
/// length, and to the last one if it is longer than all.
///
/// @param input in tokens, rising, at least one
/// @param output in tokens, rising, at least one
public record Ticks(List<Integer> input, List<Integer> output) {
    public Ticks {
        input = rising(input);
        output = rising(output);
    }

    /// Every tick that a bucket of these has.
    public static Ticks of(Collection<Bucket> buckets) {
        return new Ticks(
                buckets.stream().map(Bucket::inputTokens).distinct().sorted().toList(),
                buckets.stream().map(Bucket::outputTokens).distinct().sorted().toList());
    }

    public Bucket bucket(int inputTokens, int outputTokens) {
        return new Bucket(tick(input, inputTokens), tick(output, outputTokens));
    }

    private static int tick(List<Integer> ticks, int length) {
        return ticks.stream().filter(tick -> tick >= length).findFirst().orElse(ticks.getLast());
    }

    private static List<Integer> rising(List<Integer> ticks) {
        if (ticks.isEmpty() || !ticks.equals(ticks.stream().distinct().sorted().toList())) {
            throw new IllegalArgumentException("Ticks rise, and there is one: " + ticks);
        }
        return List.copyOf(ticks);
    }
}
