package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Makes a [PlacementSpec] of a `placement` block.
final class PlacementDecoder {
    private static final List<String> SPOTHEDGE = List.of("rule", "spares", "on_demand_fallback", "on_demand_base");
    private static final List<String> SKYHEDGE =
            List.of("spares", "availability", "outage_usd_per_minute", "on_demand_fallback", "on_demand_base");

    private final Decoded decoded;
    private final Problems problems;

    /// Takes what is wrong.
    @FunctionalInterface
    interface Problems {
        void error(SourceRange range, String summary, String detail);
    }

    PlacementDecoder(Decoded decoded, Problems problems) {
        this.decoded = decoded;
        this.problems = problems;
    }

    PlacementSpec placement() {
        String policy = decoded.block().labels().getFirst().text();
        return switch (policy) {
            case "spothedge" -> permitting(policy, SPOTHEDGE, spotHedge());
            case "even_spread" -> permitting(policy, List.of(), new PlacementSpec.EvenSpread());
            case "round_robin" -> permitting(policy, List.of(), new PlacementSpec.RoundRobin());
            case "asg" -> permitting(policy, List.of(), new PlacementSpec.Asg());
            case "spot_only" -> permitting(policy, List.of(), new PlacementSpec.SpotOnly());
            case "on_demand" -> permitting(policy, List.of(), new PlacementSpec.OnDemand());
            // Any other label has been refused by now.
            default -> permitting(policy, SKYHEDGE, skyhedge());
        };
    }

    private PlacementSpec spotHedge() {
        OptionalInt spares = spares();
        if (spares.isEmpty() && decoded.value("spares").isPresent()) {
            problems.error(
                    place("spares"),
                    "Invalid value for argument",
                    "The placement \"spothedge\" keeps a fixed number of spares. Give a number, or use the placement"
                            + " \"skyhedge\", which can choose one.");
        }
        Rule rule = decoded.optionalText("rule").orElse("shipped").equals("artifact") ? Rule.ARTIFACT : Rule.SHIPPED;
        return new PlacementSpec.SpotHedge(
                rule,
                spares.orElse(PlacementSpec.SpotHedge.DEFAULT.spares()),
                decoded.truth("on_demand_fallback"),
                decoded.integer("on_demand_base"));
    }

    private PlacementSpec skyhedge() {
        double availability = decoded.number("availability")
                .map(BigDecimal::doubleValue)
                .orElse(PlacementSpec.Skyhedge.DEFAULT.availability());
        if (availability >= 1) {
            problems.error(
                    place("availability"),
                    "Invalid value for argument",
                    "The availability is a share of time below 1, such as 0.999: nothing is available always.");
        }
        return new PlacementSpec.Skyhedge(
                spares(),
                availability,
                decoded.number("outage_usd_per_minute").stream()
                        .mapToDouble(BigDecimal::doubleValue)
                        .findFirst(),
                decoded.truth("on_demand_fallback"),
                decoded.integer("on_demand_base"));
    }

    /// Empty for `"auto"` and if nothing was given.
    private OptionalInt spares() {
        return decoded.optionalText("spares")
                .filter(text -> !text.equals("auto"))
                .map(text -> OptionalInt.of(new BigDecimal(text).intValueExact()))
                .orElse(OptionalInt.empty());
    }

    private PlacementSpec permitting(String policy, List<String> arguments, PlacementSpec placement) {
        decoded.block()
                .body()
                .attributes()
                .filter(attribute -> !arguments.contains(attribute.name()))
                .forEach(attribute -> problems.error(
                        attribute.nameRange(),
                        "Unsupported argument",
                        "The placement \"" + policy + "\" has "
                                + (arguments.isEmpty()
                                        ? "no arguments."
                                        : "no such argument, only " + all(arguments))));
        return placement;
    }

    private static String all(List<String> arguments) {
        return arguments.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ", "", "."));
    }

    private SourceRange place(String attribute) {
        return decoded.block()
                .body()
                .attribute(attribute)
                .map(Body.Attribute::expression)
                .map(expression -> expression.range())
                .orElse(decoded.block().header());
    }
}
