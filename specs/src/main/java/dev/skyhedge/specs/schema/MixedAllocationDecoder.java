package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Makes an [AllocationSpec.Mixed] of an `allocation` block: of its tables of numbers and its
/// workload.
final class MixedAllocationDecoder {
    private static final int SHOWN = 5;
    private static final List<String> PROFILE = List.of("gpu", "input_tokens", "output_tokens", "max_requests_per_s");
    private static final List<String> LENGTHS = List.of("input_tokens", "output_tokens");
    private static final String WEIGHT = "weight";

    /// Holds where a mistake was found: it is not used.
    private static final AllocationSpec BROKEN = AllocationSpec.DEFAULT;

    private final Decoded decoded;
    private final PlacementDecoder.Problems problems;
    private final ResourcesSpec resources;
    private boolean failed;

    MixedAllocationDecoder(Decoded decoded, PlacementDecoder.Problems problems, ResourcesSpec resources) {
        this.decoded = decoded;
        this.problems = problems;
        this.resources = resources;
    }

    AllocationSpec mixed(SortedMap<Accelerator, Integer> atLeast, SortedMap<Accelerator, Integer> atMost) {
        double headroom =
                decoded.number(AllocationSchema.HEADROOM).orElseThrow().doubleValue();
        if (!(headroom >= 0 && headroom <= AllocationSchema.MOST_HEADROOM)) {
            wrong(decoded, AllocationSchema.HEADROOM, "It is from 0 to " + AllocationSchema.MOST_HEADROOM + ".");
        }
        atLeast.forEach((accelerator, least) -> {
            if (least > atMost.getOrDefault(accelerator, Integer.MAX_VALUE)) {
                wrong(
                        decoded,
                        AllocationSchema.AT_LEAST,
                        accelerator + " has at least " + least + ", but at_most permits " + atMost.get(accelerator)
                                + ".");
            }
        });
        if (decoded.block(AllocationSchema.WORKLOAD).isEmpty()) {
            problems.error(
                    decoded.block().header(),
                    "Missing workload block",
                    "The allocation \"mixed\" needs to know what it is for. Add a workload block with the rate and the"
                            + " lengths of requests.");
            return BROKEN;
        }
        Decoded workload = decoded.block(AllocationSchema.WORKLOAD).orElseThrow();
        SortedMap<Accelerator, SortedMap<RequestSize, Double>> profile = profile();
        if (profile.isEmpty()) {
            return BROKEN;
        }
        SortedMap<RequestSize, Double> shares = shares(workload, profile);
        if (shares.isEmpty()) {
            return BROKEN;
        }
        requireRows(profile, shares.keySet());
        var mixed = new AllocationSpec.Mixed(
                profile,
                shares,
                workload.number(AllocationSchema.RATE).orElseThrow().doubleValue(),
                Math.max(0, headroom),
                atLeast,
                atMost,
                decoded.number(AllocationSchema.MAX_USD_PER_HOUR)
                        .map(usd -> OptionalDouble.of(usd.doubleValue()))
                        .orElse(OptionalDouble.empty()));
        if (!failed) {
            requireServers(mixed);
        }
        return mixed;
    }

    private SortedMap<Accelerator, SortedMap<RequestSize, Double>> profile() {
        SortedMap<Accelerator, SortedMap<RequestSize, Double>> profile = new TreeMap<>();
        if (decoded.value(AllocationSchema.PROFILE).isEmpty()) {
            return profile;
        }
        CsvTable table = CsvTable.read(
                decoded.text(AllocationSchema.PROFILE), PROFILE, why -> wrong(decoded, AllocationSchema.PROFILE, why));
        for (CsvTable.Line line : table.lines()) {
            try {
                Accelerator accelerator = Accelerator.parse(table.text(line, "gpu"));
                var size = new RequestSize(table.whole(line, "input_tokens", 1), table.whole(line, "output_tokens", 1));
                double rate = table.number(line, "max_requests_per_s");
                SortedMap<RequestSize, Double> rates = profile.computeIfAbsent(accelerator, _ -> new TreeMap<>());
                if (rates.put(size, rate) != null) {
                    throw new IllegalArgumentException(
                            "there is another row of " + accelerator + " for requests of " + size.text());
                }
            } catch (IllegalArgumentException e) {
                wrong(decoded, AllocationSchema.PROFILE, "line " + line.number() + ": " + e.getMessage() + ".");
                return new TreeMap<>();
            }
        }
        return profile;
    }

    /// Of all requests, those of each size.
    private SortedMap<RequestSize, Double> shares(
            Decoded workload, SortedMap<Accelerator, SortedMap<RequestSize, Double>> profile) {
        TreeSet<Integer> inputs = new TreeSet<>();
        TreeSet<Integer> outputs = new TreeSet<>();
        profile.values().stream().flatMap(rates -> rates.keySet().stream()).forEach(size -> {
            inputs.add(size.inputTokens());
            outputs.add(size.outputTokens());
        });
        CsvTable table = CsvTable.read(
                workload.text(AllocationSchema.LENGTHS),
                LENGTHS,
                why -> wrong(workload, AllocationSchema.LENGTHS, why));
        SortedMap<RequestSize, Double> weights = new TreeMap<>();
        double sum = 0;
        for (CsvTable.Line line : table.lines()) {
            try {
                var size = new RequestSize(
                        tick(inputs, table.whole(line, "input_tokens", 0)),
                        tick(outputs, table.whole(line, "output_tokens", 0)));
                double weight = table.has(WEIGHT) ? table.number(line, WEIGHT) : 1;
                weights.merge(size, weight, Double::sum);
                sum += weight;
            } catch (IllegalArgumentException e) {
                wrong(workload, AllocationSchema.LENGTHS, "line " + line.number() + ": " + e.getMessage() + ".");
                return new TreeMap<>();
            }
        }
        if (!table.lines().isEmpty() && !(sum > 0)) {
            wrong(workload, AllocationSchema.LENGTHS, "the sum of all weights is 0.");
        }
        double all = sum;
        weights.values().removeIf(weight -> weight == 0);
        weights.replaceAll((_, weight) -> weight / all);
        return weights;
    }

    /// The smallest that is not below it, or the last.
    private static int tick(TreeSet<Integer> ticks, int length) {
        Integer tick = ticks.ceiling(length);
        return tick == null ? ticks.last() : tick;
    }

    private void requireRows(SortedMap<Accelerator, SortedMap<RequestSize, Double>> profile, Set<RequestSize> used) {
        List<String> missing = new ArrayList<>();
        for (Accelerator accelerator : resources.accelerators()) {
            for (RequestSize size : used) {
                if (!profile.containsKey(accelerator)
                        || !profile.get(accelerator).containsKey(size)) {
                    missing.add(accelerator + " for requests of " + size.text());
                }
            }
        }
        if (!missing.isEmpty()) {
            wrong(
                    decoded,
                    AllocationSchema.PROFILE,
                    "it lacks rows that this workload needs, of "
                            + String.join("; of ", missing.stream().limit(SHOWN).toList())
                            + (missing.size() > SHOWN ? "; and " + (missing.size() - SHOWN) + " more" : "")
                            + ". Measure them, or take the accelerator out of resources.");
        }
    }

    /// Whether somebody may serve each size at all.
    private void requireServers(AllocationSpec.Mixed mixed) {
        for (RequestSize size : mixed.shares().keySet()) {
            Stream<Accelerator> able = resources.accelerators().stream()
                    .filter(one -> mixed.atMost().getOrDefault(one, 1) > 0)
                    .filter(one -> mixed.maxRate(one, size) > 0);
            if (able.findAny().isEmpty()) {
                SortedSet<Accelerator> others = new TreeSet<>(mixed.maxRates().keySet());
                others.removeIf(one -> mixed.maxRate(one, size) == 0);
                wrong(
                        decoded,
                        AllocationSchema.PROFILE,
                        "no permitted accelerator serves requests of " + size.text()
                                + ", which the workload has. "
                                + (others.isEmpty()
                                        ? "None of the profile does."
                                        : "By the profile " + AllocationDecoder.listed(others.stream())
                                                + " could: permit it in resources and at_most."));
                return;
            }
        }
    }

    private void wrong(Decoded block, String attribute, String why) {
        failed = true;
        problems.error(
                AllocationDecoder.place(block, attribute),
                "Invalid value for argument",
                "Inappropriate value for \"" + attribute + "\": " + why);
    }
}
