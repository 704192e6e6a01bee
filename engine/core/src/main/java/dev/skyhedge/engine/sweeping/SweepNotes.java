package dev.skyhedge.engine.sweeping;

import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Offer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a plan says of a sweep beside its machines.
record SweepNotes(Declared sweep, SweepMemory memory, Optional<Instant> begunAt) {
    private static final int FIRST = 3;
    private static final int MICRO = 6;

    private SweepSpec spec() {
        return sweep.spec();
    }

    /// @param permitted what it may run on
    List<String> notes(List<Offer> permitted) {
        List<String> notes = new ArrayList<>();
        notes.add(spec().trials().size() + " configurations (seed " + spec().seed() + "), "
                + spec().pool().atoms() + " at a time, by "
                + spec().scheduler().rule().name().toLowerCase(Locale.ROOT) + "; all end " + end());
        if (begunAt.isEmpty()) {
            notes.add("first "
                    + IntStream.rangeClosed(1, Math.min(FIRST, spec().trials().size()))
                            .mapToObj(this::parameters)
                            .collect(Collectors.joining(", ")));
            rungs().ifPresent(notes::add);
        }
        mostCost(permitted).ifPresent(notes::add);
        best().ifPresent(notes::add);
        return notes;
    }

    private String end() {
        long millis = Replay.end(spec());
        return begunAt.map(begun -> "at " + begun.plusMillis(millis).truncatedTo(ChronoUnit.SECONDS))
                .orElseGet(() -> Durations.text(Duration.ofMillis(millis)) + " after the first apply");
    }

    private String parameters(int number) {
        return number + ": "
                + spec().trials().get(number - 1).parameters().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    private Optional<String> rungs() {
        if (spec().scheduler().rule() == SweepSpec.Rule.RANDOM) {
            return Optional.empty();
        }
        List<String> rungs = new ArrayList<>();
        for (long rung = spec().scheduler().gracePeriod();
                rung <= spec().scheduler().maxIterations();
                rung *= spec().scheduler().reductionFactor()) {
            rungs.add(Long.toString(rung));
        }
        return Optional.of("compared at iterations " + String.join(", ", rungs) + ": of "
                + spec().scheduler().reductionFactor() + " one goes on");
    }

    /// What all of it costs if each atom is rented from the beginning to the deadline, at the dearest of what may be
    /// rented.
    private Optional<String> mostCost(List<Offer> permitted) {
        return permitted.stream()
                .map(Offer::price)
                .max(Comparator.naturalOrder())
                .map(dearest -> {
                    HourlyPrice all = dearest.times(spec().pool().atoms());
                    BigDecimal dollars = BigDecimal.valueOf(all.microDollarsFor(spec().deadline()), MICRO)
                            .setScale(2, RoundingMode.UP);
                    return "costs at most $" + dollars + " until its deadline, at the prices of now";
                });
    }

    private Optional<String> best() {
        return memory.best(spec().metric().maximize()).map(number -> {
            TrialMemory.Progress trial = memory.trial(number).progress();
            return "best so far: trial " + parameters(number) + ", "
                    + spec().metric().name() + " "
                    + trial.best().orElse(0) + " at iteration " + trial.bestIteration()
                    + trial.checkpointOfBest().map(path -> ", in " + path).orElse("");
        });
    }
}
