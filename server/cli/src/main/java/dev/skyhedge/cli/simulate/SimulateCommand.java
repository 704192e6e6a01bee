package dev.skyhedge.cli.simulate;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.RunProgress;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.simulation.ComparisonText;
import dev.skyhedge.cli.view.simulation.EventComparisonText;
import dev.skyhedge.cli.view.simulation.PaperLatencyText;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.MarketSelection;
import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.PaperComparison;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.engine.simulate.Policies;
import dev.skyhedge.engine.simulate.SimulationInputException;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `skyhedge simulate`.
public final class SimulateCommand extends Command {
    /// How time passes.
    enum Protocol {
        PAPER,
        EVENT
    }

    private static final int DEFAULT_WINDOWS = 10;
    private static final int MAX_WINDOWS = 1_000;
    /// As many as any policy was measured with.
    private static final int MAX_TARGET = 10_000;
    private static final double MAX_PRICE_RATIO = 1_000;
    private static final String NO_EFFECT = "Option without effect";

    private Predicate<String> given = _ -> false;
    SpecArguments spec = new SpecArguments();
    String market = "";
    MarketSelection series = MarketSelection.MATCHING;
    Optional<String> workload = Optional.empty();
    Protocol protocol = Protocol.PAPER;
    List<String> policies = new ArrayList<>();
    Optional<String> service = Optional.empty();
    Optional<Integer> windows = Optional.empty();
    List<Long> offsets = new ArrayList<>();
    long seed;
    Optional<Integer> target = Optional.empty();
    Duration coldStart = Duration.ZERO;
    double onDemandPrice;
    boolean ownBounds;
    Optional<Path> json = Optional.empty();
    Optional<Path> report = Optional.empty();
    EventOptions event = new EventOptions();

    public SimulateCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Plays placement policies against a spot market, side by side, and shows what they would have cost and how"
                        + " available the service would have been. The planner is the one that plan, apply and watch use.",
                "A market is a directory with meta.json, capacity.csv (series,start_tick,end_tick,capacity) and, if it has"
                        + " prices, prices.csv; or synthetic:SETTING, with SETTING one of independent, one-region, clusters,"
                        + " region-shocks, day-night, drift, blackout, and changes after commas: synthetic:clusters,zones=12."
                        + " Of a recording, the series of the accelerators and places that the service permits take"
                        + " part; of a made-up market, all.",
                "Exit code 0, or 1 on errors.");
        declared.examples(
                "  skyhedge simulate chat.hcl -market=traces/aws-3 -policy=all -windows=10",
                "  skyhedge simulate chat.hcl -market=synthetic:clusters,seed=7 -policy=skyhedge -policy=spothedge",
                "  skyhedge simulate chat.hcl -market=traces/aws-3 -offsets=2732,10799 -json=numbers.json -report=report");
        given = declared::isGiven;
        spec.declare(declared);
        declared.option("--market", "DIR|synthetic:SETTING", OptionValues.text())
                .required()
                .help("The spot market to play against.")
                .into(value -> market = value);
        declared.option("--series", "matching|all", OptionValues.oneOf(MarketSelection.class))
                .byDefault("matching")
                .help("Which series of a recording take part: those of an accelerator and in a place that the service"
                        + " permits, or all of them, whatever it declares; default ${DEFAULT-VALUE}.")
                .into(value -> series = value);
        declared.option("--workload", "KIND:RATE|FILE[@RATE]", OptionValues.text())
                .help("Requests: poisson:RATE, constant:RATE or bursty:RATE per second, a file of requests, or a file"
                        + " of rates, scaled to a mean. The paper's protocol takes the first two and holds the number of replicas constant: as many as"
                        + " target_qps_per_replica takes for that rate. Without it, min_replicas.")
                .into(value -> workload = Optional.of(value));
        declared.option("--protocol", "paper|event", OptionValues.oneOf(Protocol.class))
                .byDefault("paper")
                .help("How time passes. event: each change of the market, boot and request at its own time, prices"
                        + " as recorded, billed by the second. paper: ticks of 30 s, launches and losses in the tick, on-demand never"
                        + " refused, prices relative to spot; as SkyServe's paper compares policies.")
                .into(value -> protocol = value);
        declared.option("--policy", "NAME|all", OptionValues.text())
                .split(",")
                .help("skyhedge, spothedge, spothedge_artifact, round_robin, even_spread, asg, spot_only or"
                        + " on_demand; may be repeated. The one that the spec declares has its arguments. Default all.")
                .all(values -> policies = values);
        declared.option("--service", "NAME", OptionValues.text())
                .help("Which service, if the spec has several.")
                .into(value -> service = Optional.of(value));
        declared.option("--windows", "N", OptionValues.smallNumber())
                .help("How many days of the market, drawn from the seed; default 10. With seed 0, those that were"
                        + " published for the market come first.")
                .into(value -> windows = Optional.of(value));
        declared.option("--offsets", "LIST", OptionValues.number())
                .split(",")
                .help("Just the windows that begin at these ticks.")
                .all(values -> offsets = values);
        declared.option("--seed", "N", OptionValues.number())
                .byDefault("0")
                .help("Makes windows, orders of zones and random choices; default ${DEFAULT-VALUE}.")
                .into(value -> seed = value);
        declared.option("--target", "N", OptionValues.smallNumber())
                .help("Replicas wanted, instead of the spec's.")
                .into(value -> target = Optional.of(value));
        declared.option("--cold-start", "DURATION", OptionValues.duration())
                .byDefault("120s")
                .help("From launch to ready; default ${DEFAULT-VALUE}.")
                .into(value -> coldStart = value);
        declared.option("--on-demand-price", "RATIO", OptionValues.decimal())
                .byDefault("3")
                .help("Of on-demand relative to spot; default ${DEFAULT-VALUE}.")
                .into(value -> onDemandPrice = value);
        declared.flag(
                "--own-bounds",
                "Also finds the least cost at the availability that each policy reached.",
                on -> ownBounds = on);
        declared.option("--json", "FILE", OptionValues.path())
                .help("Writes all numbers; - for standard output.")
                .into(value -> json = Optional.of(value));
        declared.option("--report", "DIR", OptionValues.path())
                .help("Writes report.html, a page with charts that needs nothing else, report.md and report.json.")
                .into(value -> report = Optional.of(value));
        event.declare(declared);
    }

    @Override
    protected int run() {
        requireOwnOptions();
        SimulationFiles.requireWritable(json, report);
        ServiceSpec declared =
                service(spec.loadWithoutProviders(context()).spec().orElseThrow());
        try {
            switch (protocol) {
                case PAPER -> runPaper(declared);
                case EVENT -> runEvents(declared);
            }
        } catch (SimulationInputException e) {
            throw new CommandFailure(e.summary(), e.detail());
        }
        return ExitCode.OK;
    }

    /// An option that changes nothing would be taken for one that does.
    private void requireOwnOptions() {
        List<String> strange = protocol == Protocol.PAPER ? EventOptions.NAMES : List.of("--own-bounds");
        strange.stream().filter(given).findFirst().ifPresent(option -> {
            throw new CommandFailure(
                    "Option of another protocol",
                    option + " means nothing to -protocol=" + protocol.name().toLowerCase(Locale.ROOT)
                            + ". Leave it out, or give -protocol="
                            + (protocol == Protocol.PAPER ? "event" : "paper") + ".");
        });
        if (!offsets.isEmpty() && windows.isPresent()) {
            throw new CommandFailure(
                    NO_EFFECT, "-offsets says which windows there are, so -windows changes nothing. Leave one out.");
        }
        if (protocol == Protocol.PAPER && target.isPresent() && workload.isPresent()) {
            throw new CommandFailure(
                    NO_EFFECT,
                    "By the paper's protocol -workload only says how many replicas there are, and -target says it"
                            + " already. Leave one out, or give -protocol=event, which plays the requests.");
        }
        if (workload.isEmpty()) {
            EventOptions.OF_REQUESTS.stream().filter(given).findFirst().ifPresent(option -> {
                throw new CommandFailure(
                        NO_EFFECT, option + " is about requests, and there are none. Give -workload, or leave it out.");
            });
        }
        requireNumbers();
    }

    private void requireNumbers() {
        if (!(onDemandPrice > 0 && onDemandPrice <= MAX_PRICE_RATIO)) {
            throw new CommandFailure(
                    "Invalid price",
                    "-on-demand-price is how many times as dear as spot on-demand is, more than 0 and at most "
                            + (int) MAX_PRICE_RATIO + ", not " + onDemandPrice + ".");
        }
        if (target.filter(wanted -> wanted < 1 || wanted > MAX_TARGET).isPresent()) {
            throw new CommandFailure(
                    "Invalid target",
                    "From 1 to " + MAX_TARGET + " replicas are simulated, not " + target.get() + ". Give -target=N.");
        }
    }

    private void runPaper(ServiceSpec declared) {
        MarketSource source = MarketSource.open(market).of(series, declared.resources());
        PaperProtocol paper = paper(declared);
        var request = new PaperComparison.Request(
                declared, source, paper, policiesOf(declared), windowsOf(source, paper), seed, ownBounds);
        var progress = new RunProgress(terminal(), request.steps(), "runs");
        Comparison comparison = PaperComparison.run(request, progress::next);
        progress.end();
        PaperLatencies latencies = PaperLatencies.of(comparison);
        show(
                SimulationFiles.of(comparison, latencies),
                () -> ComparisonText.render(comparison, display())
                        + PaperLatencyText.render(comparison, latencies, display()));
    }

    private void runEvents(ServiceSpec declared) {
        MarketSource source = MarketSource.open(market).of(series, declared.resources());
        var scene = new EventRuns.Scene(
                declared,
                source,
                policiesOf(declared),
                windowsOf(source, PaperProtocol.DEFAULT),
                target,
                coldStart,
                onDemandPrice,
                seed);
        EventComparison.Request request = EventRuns.request(scene, workload, event);
        complain(EventOptions.tooSlow(coldStart, declared).stream().toList());
        var progress = new RunProgress(terminal(), request.steps(), "runs");
        EventComparison comparison = EventComparison.run(request, progress::next);
        progress.end();
        show(SimulationFiles.of(comparison), () -> EventComparisonText.render(comparison, display()));
    }

    private void show(SimulationFiles files, Supplier<String> text) {
        say(SimulationFiles.isStandardOutput(json) ? files.numbers() : text.get());
        files.write(json, report);
    }

    private SequencedMap<String, PlacementSpec> policiesOf(ServiceSpec declared) {
        return Policies.named(policies.isEmpty() ? List.of("all") : policies, declared.placement());
    }

    private List<Long> windowsOf(MarketSource source, PaperProtocol paper) {
        if (!offsets.isEmpty()) {
            long ticks = source.length().dividedBy(paper.tick());
            if (offsets.stream().anyMatch(offset -> offset < 0 || offset >= ticks)) {
                throw new CommandFailure(
                        "Invalid offsets",
                        "The market has " + ticks + " ticks of " + paper.tick().toSeconds()
                                + " s: a window begins at one from 0 to " + (ticks - 1) + ".");
            }
            if (offsets.size() > MAX_WINDOWS) {
                throw new CommandFailure(
                        "Invalid offsets", "At most " + MAX_WINDOWS + " windows, not " + offsets.size() + ".");
            }
            if (Set.copyOf(offsets).size() < offsets.size()) {
                throw new CommandFailure(
                        "Invalid offsets", "A window that is there twice would count twice. Give each offset once.");
            }
            return offsets;
        }
        int count = windows.orElse(DEFAULT_WINDOWS);
        if (count < 1 || count > MAX_WINDOWS) {
            throw new CommandFailure(
                    "Invalid number of windows", "There are from 1 to " + MAX_WINDOWS + " windows, not " + count + ".");
        }
        return source.offsets(count, paper, seed);
    }

    private PaperProtocol paper(ServiceSpec declared) {
        PaperProtocol standard = PaperProtocol.DEFAULT;
        long coldTicks = coldStart.dividedBy(standard.tick());
        if (!standard.tick().multipliedBy(coldTicks).equals(coldStart)) {
            throw new CommandFailure(
                    "Invalid cold start",
                    "The paper's protocol counts a cold start in ticks of "
                            + standard.tick().toSeconds() + " s, and " + Elapsed.text(coldStart) + " is "
                            + "not so many. Give a multiple, or -protocol=event, which takes any.");
        }
        int wanted = target.orElseGet(() -> workload.map(text -> replicas(text, declared))
                .orElse(declared.scaling().minReplicas()));
        if (wanted < 1 || coldTicks >= standard.ticks()) {
            throw new CommandFailure(
                    "Nothing to simulate",
                    "At least one replica is wanted, and a cold start is shorter than a day. Give -target=N if the spec"
                            + " scales to zero.");
        }
        return standard.withTarget(wanted).withColdStart((int) coldTicks).withPrices(1, onDemandPrice);
    }

    private static int replicas(String workload, ServiceSpec declared) {
        OptionalDouble target = declared.scaling().targetQpsPerReplica();
        String rate = workload.replaceFirst("^(constant|poisson):", "");
        if (rate.equals(workload) || !rate.matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
            throw new CommandFailure(
                    "Invalid workload",
                    "The paper's protocol takes constant:RATE or poisson:RATE, in requests per second, not \""
                            + workload + "\": it holds the number of replicas constant.");
        }
        if (target.isEmpty()) {
            throw new CommandFailure(
                    "No target rate",
                    "How many replicas a rate needs is said by target_qps_per_replica in the scaling block of "
                            + declared.address() + ", which has none. Add it, or give -target=N.");
        }
        double needed = Math.ceil(Double.parseDouble(rate) / target.getAsDouble());
        return (int) Math.clamp(
                needed, declared.scaling().minReplicas(), declared.scaling().maxReplicas());
    }

    private ServiceSpec service(Spec loaded) {
        List<String> names = List.copyOf(loaded.services().sequencedKeySet());
        String name = service.orElseGet(() -> names.size() == 1 ? names.getFirst() : "");
        ServiceSpec found = loaded.services().get(name);
        if (found == null) {
            throw new CommandFailure(
                    name.isEmpty() ? "Which service?" : "No such service",
                    names.isEmpty()
                            ? "The spec declares no service."
                            : "The spec declares " + String.join(", ", names) + ": give one of them by -service=NAME.");
        }
        if (!(found.allocation() instanceof AllocationSpec.Any)) {
            throw new CommandFailure(
                    "Allocation is not simulated",
                    "A simulation takes all accelerators as alike, and " + found.address()
                            + " has a number of replicas for each. Simulate it without its allocation block.");
        }
        return found;
    }
}
