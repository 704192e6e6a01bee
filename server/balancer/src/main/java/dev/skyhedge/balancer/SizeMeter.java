package dev.skyhedge.balancer;

import dev.skyhedge.balancer.RequestSizes.Size;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Tells of what size requests are, before anybody has answered them, and counts them once somebody
/// has.
///
/// How long an answer becomes is what answers to prompts of about this length have become, in a
/// running mean, and never more than the request permits. Thread-safe, without locks: of two means
/// that are updated at once one may be lost.
final class SizeMeter {
    /// By which one answer moves the mean; as in Melange's router.
    private static final double NEWEST = 0.02;

    private final Map<Integer, Double> meanOutputs = new ConcurrentHashMap<>();
    private final Map<Size, LongAdder> counts = new ConcurrentHashMap<>();

    /// What is known of a request before it is sent.
    ///
    /// @param sizes of the table then in use
    /// @param input its place among the inputs
    /// @param expectedOutput tokens
    record Estimate(RequestSizes sizes, int input, double expectedOutput) {}

    /// @param inputTokens about; empty counts as the largest
    /// @param mostOutput tokens that the request permits; empty if it says nothing
    Estimate estimate(RequestSizes sizes, OptionalLong inputTokens, OptionalLong mostOutput) {
        int input = sizes.input(inputTokens.isPresent() ? inputTokens.getAsLong() : Double.POSITIVE_INFINITY);
        double mean = meanOutputs.getOrDefault(
                sizes.inputs().get(input), sizes.usualOutputs().get(input));
        return new Estimate(sizes, input, mostOutput.isPresent() ? Math.min(mean, mostOutput.getAsLong()) : mean);
    }

    /// A request has ended, whatever became of it.
    ///
    /// @param outputTokens of its answer; empty if nobody told
    void ended(Estimate estimate, Optional<Long> outputTokens) {
        RequestSizes sizes = estimate.sizes();
        double output = outputTokens.map(Long::doubleValue).orElse(estimate.expectedOutput());
        counts.computeIfAbsent(sizes.size(sizes.index(estimate.input(), output)), _ -> new LongAdder())
                .increment();
        if (outputTokens.isPresent()) {
            int bound = sizes.inputs().get(estimate.input());
            double before = meanOutputs.getOrDefault(bound, sizes.usualOutputs().get(estimate.input()));
            meanOutputs.put(bound, before + NEWEST * (output - before));
        }
    }

    /// Since the start, by size.
    SortedMap<Size, Long> counts() {
        SortedMap<Size, Long> sums = new TreeMap<>();
        counts.forEach((size, count) -> sums.put(size, count.sum()));
        return sums;
    }
}
