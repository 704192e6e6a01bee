package dev.skyhedge.specs.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Makes a [SweepSpec] of a `sweep` block. Its trial is evaluated once for each configuration.
final class SweepDecoder {
    private static final BigDecimal ANY_PRICE = BigDecimal.valueOf(1_000_000);
    /// What nobody connects to.
    private static final int NO_PORT = 8000;
    /// All reports of a sweep are kept in one row of the state, which holds 1,000,000 characters, and are told again to
    /// its scheduler at each step. One takes 50 characters and some 20 microseconds.
    private static final long MOST_REPORTS = 10_000;

    private final Body.Block block;
    private final Evaluator names;
    private final Consumer<Diagnostic> sink;
    private boolean failed;

    private SweepDecoder(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
        this.block = block;
        this.names = names;
        this.sink = sink;
    }

    /// Decodes the block with that name and address; empty if anything in it is wrong.
    static Optional<SweepSpec> decode(
            Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink) {
        return new BlockDecoder(names, block.title(), sink)
                .decode(block, SweepSchema.WITHOUT_TRIAL, List.of())
                .flatMap(decoded -> new SweepDecoder(block, names, sink).sweep(decoded, name, address));
    }

    private Optional<SweepSpec> sweep(Decoded decoded, String name, String address) {
        int number = decoded.integer("max_trials");
        SweepSpec.Scheduler scheduler = scheduler(decoded.block("scheduler").orElseThrow(), number);
        Decoded space = decoded.block("space").orElseThrow();
        SweepSpace configurations = SweepSpace.read(space, this::error);
        if (failed) {
            return Optional.empty();
        }
        Body.Block written = block.body().blocks(SweepSchema.TRIAL.type()).getFirst();
        List<SweepSpec.Trial> trials = new ArrayList<>();
        Optional<Decoded> last = Optional.empty();
        for (int i = 1; i <= number; i++) {
            SequencedMap<String, Value> parameters = configurations.configuration(i);
            last = new BlockDecoder(names.within(SweepSpace.names(parameters)), block.title(), sink)
                    .decode(written, SweepSchema.TRIAL, List.of());
            last.ifPresent(trial -> trials.add(new SweepSpec.Trial(texts(parameters), replica(trial))));
            if (last.isEmpty() || failed) {
                return Optional.empty();
            }
        }
        Duration deadline = decoded.duration("deadline");
        SweepSpec.Rules rules = rules(last.orElseThrow(), deadline);
        SweepSpec.Pool pool = pool(decoded.block("resources").orElseThrow());
        Decoded metric = decoded.block("metric").orElseThrow();
        return failed
                ? Optional.empty()
                : Optional.of(new SweepSpec(
                        name,
                        address,
                        deadline,
                        new SweepSpec.Metric(
                                metric.text("name"), metric.text("goal").equals("maximize")),
                        configurations.seed(),
                        scheduler,
                        trials,
                        rules,
                        pool,
                        List.of()));
    }

    private SweepSpec.Scheduler scheduler(Decoded decoded, int trials) {
        int grace = decoded.integer("grace_period");
        int most = decoded.integer("max_t");
        if (most < grace) {
            error(
                    AllocationDecoder.place(decoded, "max_t"),
                    "Invalid value for argument",
                    "max_t is " + most + ", but grace_period is " + grace
                            + ": a trial would be done before it may be cut. Raise max_t or lower grace_period.");
        }
        if ((long) most * trials > MOST_REPORTS) {
            error(
                    AllocationDecoder.place(decoded, "max_t"),
                    "Invalid value for argument",
                    trials + " trials of up to " + most + " iterations could report more than " + MOST_REPORTS
                            + " times. Report less often, or lower max_trials.");
        }
        String rule = decoded.block().labels().getFirst().text();
        return new SweepSpec.Scheduler(
                SweepSpec.Rule.valueOf(rule.toUpperCase(Locale.ROOT)),
                grace,
                most,
                decoded.integer("reduction_factor"));
    }

    private static SequencedMap<String, String> texts(SequencedMap<String, Value> parameters) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> text(value).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static Optional<String> text(Value value) {
        return Conversion.of(value.unmarked(), Type.STRING)
                        instanceof Conversion.Done(Value.StringValue(String text), var ignored)
                ? Optional.of(text)
                : Optional.empty();
    }

    private ReplicaSpec replica(Decoded trial) {
        Optional<String> image = trial.optionalText("image");
        List<String> command = trial.texts("command");
        if (image.isEmpty() && command.isEmpty()) {
            error(trial.block().header(), "Missing required argument", "A trial needs an image, a command, or both.");
        }
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        trial.entries("env").forEach((name, value) -> {
            if (!RequestParts.isVariableName(name) || name.startsWith("SKYHEDGE_")) {
                error(
                        AllocationDecoder.place(trial, "env"),
                        "Incorrect attribute value type",
                        "Inappropriate value for attribute \"env\": \"" + name + "\" is no name that is free: letters,"
                                + " digits and _, no digit first, and not beginning with SKYHEDGE_, which tells trials"
                                + " where they are.");
            }
            env(trial, name, value).ifPresent(known -> env.put(name, known));
        });
        return new ReplicaSpec(image, command, NO_PORT, env);
    }

    private Optional<EnvValue> env(Decoded trial, String name, Value value) {
        if (value instanceof Value.SecretValue(String reference)) {
            return Optional.of(new EnvValue.SecretReference(reference));
        }
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            error(
                    AllocationDecoder.place(trial, "env"),
                    "Incorrect attribute value type",
                    "Inappropriate value for attribute \"env\": the value of \"" + name
                            + "\" must be a string, a number, a bool or a secret.");
        }
        return text.map(known -> value.isMarked() ? new EnvValue.Sensitive(known) : new EnvValue.Plain(known));
    }

    private SweepSpec.Rules rules(Decoded trial, Duration deadline) {
        Duration grace = trial.duration("grace");
        if (grace.compareTo(deadline) >= 0) {
            error(
                    AllocationDecoder.place(trial, "grace"),
                    "Invalid value for argument",
                    "All trials are ended " + Durations.text(grace) + " before the deadline, which is only "
                            + Durations.text(deadline) + " after the first apply. Shorten grace.");
        }
        Optional<String> report = trial.optionalText("report");
        report.flatMap(SweepDecoder::faultOf)
                .ifPresent(why -> error(
                        AllocationDecoder.place(trial, "report"),
                        "Invalid value for argument",
                        "Inappropriate value for \"report\": " + why));
        return new SweepSpec.Rules(trial.text("checkpoint_dir"), grace, trial.integer("max_failures"), report);
    }

    private static Optional<String> faultOf(String expression) {
        try {
            var groups = Pattern.compile(expression).namedGroups().keySet();
            return groups.contains("iteration") && groups.contains("value")
                    ? Optional.empty()
                    : Optional.of("it needs the groups (?<iteration>…) and (?<value>…).");
        } catch (PatternSyntaxException e) {
            return Optional.of("it is no regular expression: " + e.getDescription() + ".");
        }
    }

    private static SweepSpec.Pool pool(Decoded resources) {
        return new SweepSpec.Pool(
                resources.integer("atoms"),
                resources.text("market").equals("spot") ? Market.SPOT : Market.ON_DEMAND,
                new ResourcesSpec(
                        resources.texts("accelerators").stream()
                                .map(Accelerator::parse)
                                .distinct()
                                .toList(),
                        resources.texts("locations").stream()
                                .map(LocationPattern::parse)
                                .distinct()
                                .toList(),
                        0,
                        0,
                        resources.number("max_price").map(usd -> HourlyPrice.ofUsd(usd.min(ANY_PRICE)))));
    }

    private void error(SourceRange range, String summary, String detail) {
        failed = true;
        sink.accept(Diagnostic.error(range, summary, detail).in(block.title()));
    }
}
