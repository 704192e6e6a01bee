package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// From what the configurations of a sweep are drawn. A configuration depends on the seed and its own number alone, so
/// that with more of them the first ones stay as they are.
record SweepSpace(int seed, SequencedMap<String, Values> parameters) {
    /// Digits of numbers that are drawn: more say nothing, and stand in every command and every plan.
    private static final MathContext DIGITS = new MathContext(6);

    /// What one parameter may be.
    sealed interface Values {
        /// One of these.
        record Choice(List<String> texts) implements Values {}

        /// A number between these.
        record Uniform(double least, double most) implements Values {}

        /// A number between these, which are above 0.
        record LogUniform(double least, double most) implements Values {}

        /// A whole number, both included.
        record IntUniform(int least, int most) implements Values {}
    }

    /// The configuration of that number, from 1.
    SequencedMap<String, Value> configuration(int number) {
        // Neighbouring seeds have nothing in common after the first draw of each.
        RandomGenerator random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
        SequencedMap<String, Value> drawn = new LinkedHashMap<>();
        parameters.forEach((name, values) -> drawn.put(name, draw(values, random)));
        return drawn;
    }

    private static Value draw(Values values, RandomGenerator random) {
        return switch (values) {
            case Values.Choice(List<String> texts) -> Value.of(texts.get(random.nextInt(texts.size())));
            case Values.Uniform(double least, double most) -> rounded(random.nextDouble(least, most));
            case Values.LogUniform(double least, double most) ->
                rounded(Math.exp(random.nextDouble(Math.log(least), Math.log(most))));
            case Values.IntUniform(int least, int most) -> Value.of(random.nextInt(least, most + 1));
        };
    }

    private static Value rounded(double number) {
        return new Value.NumberValue(new BigDecimal(number, DIGITS).stripTrailingZeros());
    }

    /// The names under which a trial knows its parameters.
    static Environment names(Map<String, Value> configuration) {
        return (root, name) ->
                root.equals(SweepSchema.PARAM.type()) ? Optional.ofNullable(configuration.get(name)) : Optional.empty();
    }

    /// Reads the `param` blocks of a `space` block.
    static SweepSpace read(Decoded space, PlacementDecoder.Problems problems) {
        SequencedMap<String, Values> parameters = new LinkedHashMap<>();
        for (Decoded param : space.blocks().getOrDefault(SweepSchema.PARAM.type(), List.of())) {
            String name = param.block().labels().getFirst().text();
            values(param, problems).ifPresent(values -> {
                if (parameters.put(name, values) != null) {
                    problems.error(
                            param.block().header(),
                            "Duplicate param block",
                            "Another parameter of this space has the same name. Give each its own.");
                }
            });
        }
        return new SweepSpace(space.integer("seed"), parameters);
    }

    private static Optional<Values> values(Decoded param, PlacementDecoder.Problems problems) {
        List<String> ways = new ArrayList<>(param.given().keySet());
        if (ways.size() != 1) {
            problems.error(
                    param.block().header(),
                    ways.isEmpty() ? "Missing required argument" : "Conflicting arguments",
                    "A parameter has exactly one of choice, uniform, log_uniform and int_uniform.");
            return Optional.empty();
        }
        String way = ways.getFirst();
        if (way.equals("choice")) {
            List<String> texts = param.texts(way);
            return texts.isEmpty()
                    ? wrong(param, way, problems, "there is nothing to choose from. Name at least one value.")
                    : Optional.of(new Values.Choice(texts));
        }
        List<BigDecimal> bounds = numbers(param, way);
        if (bounds.size() != 2 || bounds.getFirst().compareTo(bounds.getLast()) >= 0) {
            return wrong(param, way, problems, "two numbers are required, the smaller one first, such as [1, 8].");
        }
        double least = bounds.getFirst().doubleValue();
        double most = bounds.getLast().doubleValue();
        return switch (way) {
            case "uniform" -> Optional.of(new Values.Uniform(least, most));
            case "log_uniform" ->
                least <= 0
                        ? wrong(param, way, problems, "both bounds must be above 0, as orders of magnitude are drawn.")
                        : Optional.of(new Values.LogUniform(least, most));
            default -> whole(param, way, problems, bounds);
        };
    }

    private static Optional<Values> whole(
            Decoded param, String way, PlacementDecoder.Problems problems, List<BigDecimal> bounds) {
        try {
            int most = bounds.getLast().intValueExact();
            return Optional.of(
                    new Values.IntUniform(bounds.getFirst().intValueExact(), Math.min(most, Integer.MAX_VALUE - 1)));
        } catch (ArithmeticException _) {
            return wrong(param, way, problems, "both bounds must be whole numbers below two thousand million.");
        }
    }

    private static List<BigDecimal> numbers(Decoded param, String way) {
        List<BigDecimal> numbers = new ArrayList<>();
        if (param.value(way).orElseThrow() instanceof Value.ListValue list) {
            for (Value element : list.elements()) {
                if (element instanceof Value.NumberValue(BigDecimal number)) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private static Optional<Values> wrong(Decoded param, String way, PlacementDecoder.Problems problems, String why) {
        problems.error(
                AllocationDecoder.place(param, way),
                "Invalid value for argument",
                "Inappropriate value for \"" + way + "\": " + why);
        return Optional.empty();
    }
}
