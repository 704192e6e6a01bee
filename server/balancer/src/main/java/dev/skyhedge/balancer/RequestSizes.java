package dev.skyhedge.balancer;

import java.util.HashSet;
import java.util.List;

/// Sizes of requests that a routing table tells apart, and what its targets make of each.
/// Immutable.
///
/// A size is a place in the grid of inputs and outputs: a request has the smallest bounds that are
/// not below it, or the last ones.
///
/// @param inputs bounds in tokens of a prompt, rising; at least one
/// @param outputs bounds in tokens of an answer, rising; at least one
/// @param usualOutputs tokens of an answer to expect until some were seen, by input
/// @param fits one for each target of the table, in its order
public record RequestSizes(List<Integer> inputs, List<Integer> outputs, List<Double> usualOutputs, List<Fit> fits) {
    /// What one target makes of each size, by [RequestSizes#index].
    ///
    /// @param maxRates requests of that size per second that it sustains; 0 if it is not known to
    ///     serve them
    /// @param weights its share of such requests beside the other targets, in any unit; 0 for none
    public record Fit(List<Double> maxRates, List<Double> weights) {
        public Fit {
            maxRates = List.copyOf(maxRates);
            weights = List.copyOf(weights);
            for (double number : maxRates) {
                check(number);
            }
            for (double number : weights) {
                check(number);
            }
        }

        private static void check(double number) {
            if (!(number >= 0) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("a rate or weight is a number not below 0: " + number);
            }
        }
    }

    public RequestSizes {
        inputs = rising(inputs);
        outputs = rising(outputs);
        usualOutputs = List.copyOf(usualOutputs);
        fits = List.copyOf(fits);
        int sizes = inputs.size() * outputs.size();
        if (usualOutputs.size() != inputs.size()) {
            throw new IllegalArgumentException("an output for each of " + inputs + ", not " + usualOutputs);
        }
        for (Fit fit : fits) {
            if (fit.maxRates().size() != sizes || fit.weights().size() != sizes) {
                throw new IllegalArgumentException("a fit has " + sizes + " rates and weights: " + fit);
            }
        }
    }

    private static List<Integer> rising(List<Integer> bounds) {
        List<Integer> sorted = bounds.stream().sorted().toList();
        if (bounds.isEmpty()
                || !sorted.equals(bounds)
                || sorted.getFirst() < 1
                || new HashSet<>(bounds).size() != bounds.size()) {
            throw new IllegalArgumentException("bounds rise from 1 or more: " + bounds);
        }
        return sorted;
    }

    /// The place of a prompt among the inputs.
    int input(double tokens) {
        return place(inputs, tokens);
    }

    /// The place of a size in the lists of a fit.
    int index(int input, double outputTokens) {
        return input * outputs.size() + place(outputs, outputTokens);
    }

    private static int place(List<Integer> bounds, double tokens) {
        for (int i = 0; i < bounds.size(); i++) {
            if (tokens <= bounds.get(i)) {
                return i;
            }
        }
        return bounds.size() - 1;
    }

    /// Its bounds.
    Size size(int index) {
        return new Size(inputs.get(index / outputs.size()), outputs.get(index % outputs.size()));
    }

    /// @param inputTokens the longest prompt
    /// @param outputTokens the longest answer
    public record Size(int inputTokens, int outputTokens) implements Comparable<Size> {
        @Override
        public int compareTo(Size other) {
            int byInput = Integer.compare(inputTokens, other.inputTokens);
            return byInput != 0 ? byInput : Integer.compare(outputTokens, other.outputTokens);
        }
    }
}
