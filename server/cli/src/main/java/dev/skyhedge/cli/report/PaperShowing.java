package dev.skyhedge.cli.report;

import dev.skyhedge.cli.report.Course.Point;
import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.Comparison.PolicyRuns;
import dev.skyhedge.engine.simulate.ComparisonCells;
import dev.skyhedge.engine.simulate.Counts;
import dev.skyhedge.engine.simulate.Figure;
import dev.skyhedge.engine.simulate.MarketWindow;
import dev.skyhedge.engine.simulate.Occurrence;
import dev.skyhedge.engine.simulate.OccurrenceSpan;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.engine.simulate.Policies;
import dev.skyhedge.engine.simulate.Run;
import dev.skyhedge.engine.simulate.Timeline;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import dev.skyhedge.engine.simulate.event.PaperLatency;
import dev.skyhedge.spi.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A comparison by the paper's protocol as the page shows it.
final class PaperShowing {
    private final Comparison comparison;
    private final PaperLatencies latencies;
    private final PaperProtocol protocol;
    private final double tickSeconds;

    private PaperShowing(Comparison comparison, PaperLatencies latencies) {
        this.comparison = comparison;
        this.latencies = latencies;
        this.protocol = comparison.protocol();
        this.tickSeconds = protocol.tick().toMillis() / 1e3;
    }

    static Showing of(Comparison comparison, PaperLatencies latencies) {
        return new PaperShowing(comparison, latencies).showing();
    }

    private Showing showing() {
        return new Showing(
                comparison.service(),
                Policies.REFERENCE,
                comparison.market().name(),
                protocol.ticks() * tickSeconds,
                provenance(),
                IntStream.range(0, comparison.policies().size())
                        .mapToObj(this::policy)
                        .toList(),
                replicaColumns(),
                requestColumns(),
                "Three clients with 0.05 requests a second each, 10 s of service on average, one request at a time on"
                        + " each replica, as in the paper's own model. What failed counts as 100 s.",
                IntStream.range(0, comparison.windows().size())
                        .mapToObj(this::window)
                        .toList());
    }

    private Showing.Policy policy(int index) {
        PolicyRuns policy = comparison.policies().get(index);
        List<PaperLatency> felt = latencies.byPolicy().get(index);
        return new Showing.Policy(
                policy.name(),
                policy.placement().policy().equals("skyhedge"),
                figures(policy, Figure.FULL, 1),
                figures(policy, Figure.COST_SHARE, 1),
                figures(policy, Figure.OUTAGE, 1),
                Optional.of(MeanLatency.of(
                        felt.stream().map(PaperLatency::latency).toList(),
                        felt.stream().map(PaperShowing::failedShare).toList())));
    }

    private static double failedShare(PaperLatency latency) {
        return latency.requests() == 0 ? 0 : (double) latency.failed() / latency.requests();
    }

    private static List<Double> figures(PolicyRuns policy, Figure figure, double scale) {
        return policy.runs().stream()
                .map(run -> scale * figure.of(run.outcome()))
                .toList();
    }

    private List<Showing.Column> replicaColumns() {
        Optional<String> cheapest = comparison.meanBound().stream()
                .mapToObj(ComparisonCells::percent)
                .findFirst();
        Optional<String> always = cheapest.map(_ -> "100.00");
        List<Showing.Column> columns = new ArrayList<>(List.of(
                column("all ready %", "share of ticks with all wanted replicas ready", Figure.FULL, 2, 1, always),
                column("capacity %", "mean share of the wanted replicas that was ready", Figure.CAPACITY, 2, 1, always),
                column("outage %", "share of ticks with none ready", Figure.OUTAGE, 2, -1, cheapest.map(_ -> "0.00")),
                column("cost %", "of all wanted replicas on demand throughout", Figure.COST_SHARE, 2, -1, cheapest),
                column("preemptions", "replicas that the market took back", Figure.PREEMPTIONS, 1, 0),
                column("launches", "that were accepted", Figure.LAUNCHES, 1, 0),
                column("refused", "launches for which there was no room", Figure.FAILED_LAUNCHES, 1, 0),
                column("on-demand %", "share of the rented time", Figure.ON_DEMAND_SHARE, 1, 0)));
        return columns;
    }

    private Showing.Column column(String name, String meaning, Figure figure, int decimals, int sign) {
        return column(name, meaning, figure, decimals, sign, Optional.empty());
    }

    private Showing.Column column(
            String name, String meaning, Figure figure, int decimals, int sign, Optional<String> bound) {
        double scale = name.endsWith("%") ? 100 : 1;
        return new Showing.Column(
                name,
                meaning,
                decimals,
                sign,
                bound,
                comparison.policies().stream()
                        .map(policy -> figures(policy, figure, scale))
                        .toList());
    }

    private List<Showing.Column> requestColumns() {
        return List.of(
                percentile(
                        "P50 s",
                        "median time to the answer",
                        0.5,
                        one -> one.latency().p50()),
                percentile(
                        "P90 s",
                        "what nine of ten stay within",
                        0.9,
                        one -> one.latency().p90()),
                percentile(
                        "P99 s",
                        "what 99 of 100 stay within",
                        0.99,
                        one -> one.latency().p99()),
                felt(
                        "mean s",
                        "mean time to the answer",
                        2,
                        -1,
                        one -> one.latency().mean()),
                felt("requests", "that arrived", 0, 0, PaperLatency::requests),
                felt("answered %", "share of the requests", 3, 1, one -> 100 * (1 - failedShare(one))),
                felt("failed", "found no replica, waited too long or lost theirs", 1, -1, PaperLatency::failed));
    }

    private Showing.Column percentile(
            String name, String meaning, double share, ToDoubleFunction<PaperLatency> figure) {
        return new Showing.Column(
                name,
                meaning,
                2,
                -1,
                Optional.empty(),
                felt(figure),
                latencies.byPolicy().stream()
                        .map(windows -> MeanLatency.isFailure(
                                share,
                                windows.stream().map(PaperShowing::failedShare).toList()))
                        .toList());
    }

    private Showing.Column felt(
            String name, String meaning, int decimals, int sign, ToDoubleFunction<PaperLatency> figure) {
        return new Showing.Column(name, meaning, decimals, sign, Optional.empty(), felt(figure));
    }

    private List<List<Double>> felt(ToDoubleFunction<PaperLatency> figure) {
        return latencies.byPolicy().stream()
                .map(windows -> windows.stream().map(figure::applyAsDouble).toList())
                .toList();
    }

    private Showing.Window window(int index) {
        MarketWindow window = comparison.windows().get(index);
        int first = protocol.coldStartTicks();
        double[] all = new double[protocol.ticks()];
        Arrays.fill(all, protocol.target() * protocol.onDemandPrice());
        return new Showing.Window(
                "from tick " + window.offset(),
                window.zones().stream().map(Location::zone).toList(),
                window.capacity().stream().map(this::steps).toList(),
                share(Course.running(all, first, tickSeconds)),
                comparison
                        .bounds()
                        .get(index)
                        .map(bound -> share(Course.running(
                                IntStream.range(0, bound.spending().ticks())
                                        .mapToDouble(tick -> bound.spending().at(tick))
                                        .toArray(),
                                first,
                                tickSeconds))),
                Optional.empty(),
                comparison.policies().stream()
                        .map(policy -> ComparisonCells.window(comparison, policy, index))
                        .toList(),
                comparison.policies().stream()
                        .map(policy -> run(policy.runs().get(index)))
                        .toList());
    }

    private Course share(Course cost) {
        return cost.times(1 / protocol.onDemandCost());
    }

    private Showing.Run run(Run run) {
        Timeline timeline = run.timeline();
        double[] cost = new double[timeline.ticks()];
        for (int t = 0; t < cost.length; t++) {
            cost[t] = timeline.spotHeld(t) * protocol.spotPrice()
                    + timeline.onDemandHeld().at(t) * protocol.onDemandPrice();
        }
        return new Showing.Run(
                steps(timeline.target()),
                timeline.spotHeld().stream().map(this::steps).toList(),
                timeline.spotReady().stream().map(this::steps).toList(),
                steps(timeline.onDemandHeld()),
                steps(timeline.onDemandReady()),
                share(Course.running(cost, protocol.coldStartTicks(), tickSeconds)),
                OccurrenceSpan.of(run.occurrences()).stream()
                        .map(this::happening)
                        .toList());
    }

    private Course steps(Counts counts) {
        List<Point> steps = new ArrayList<>();
        for (int t = 0; t < counts.size(); t++) {
            if (t == 0 || counts.at(t) != counts.at(t - 1)) {
                steps.add(new Point(t * tickSeconds, counts.at(t)));
            }
        }
        return new Course(steps);
    }

    private Showing.Happening happening(OccurrenceSpan span) {
        Occurrence first = span.first();
        return new Showing.Happening(
                first.tick() * tickSeconds,
                span.lastTick() * tickSeconds,
                span.times(),
                first.kind() == Occurrence.Kind.REFUSED,
                first.replica(),
                first.kind().word(),
                first.market().word() + " in " + first.location().zone(),
                first.reason());
    }

    private SequencedMap<String, String> provenance() {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("Service", comparison.service());
        entries.put(
                "Market",
                comparison.market().name() + ", " + comparison.market().seriesInWords()
                        + comparison
                                .market()
                                .gap()
                                .map(gap -> ", sampled every " + gap.toSeconds() + " s")
                                .orElse(""));
        entries.put(
                "Protocol",
                "paper: " + protocol.ticks() + " ticks of " + protocol.tick().toSeconds() + " s, " + protocol.target()
                        + " replicas wanted, ready after " + protocol.coldStartTicks() + " ticks, on-demand at "
                        + protocol.onDemandPrice() / protocol.spotPrice() + " times the price of spot");
        entries.put(
                "Windows",
                comparison.windows().stream()
                        .map(window -> Long.toString(window.offset()))
                        .collect(Collectors.joining(", ", "from ticks ", "")));
        entries.put("Seed", Long.toString(comparison.seed()));
        entries.put(
                "Bound",
                comparison.bounds().stream()
                        .map(PaperShowing::method)
                        .distinct()
                        .collect(Collectors.joining("; ")));
        return entries;
    }

    private static String method(Optional<Bound> bound) {
        return bound.map(found -> found.method().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (found.isIntegral() ? ", in whole replicas" : ", not in whole replicas"))
                .orElse("not found in time");
    }
}
