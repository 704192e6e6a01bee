package dev.skyhedge.cli.report;

import dev.skyhedge.cli.report.Course.Point;
import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.simulate.Policies;
import dev.skyhedge.engine.simulate.event.Decision;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.EventComparison.PolicyOutcomes;
import dev.skyhedge.engine.simulate.event.EventOutcome;
import dev.skyhedge.engine.simulate.event.FleetCourse;
import dev.skyhedge.engine.simulate.event.Lag;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.event.Steps;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A comparison by the event protocol as the page shows it.
final class EventShowing {
    private static final double MICRO = 1e6;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double SECONDS_PER_DAY = 86_400;

    private final EventComparison comparison;
    private final EventComparison.Request request;
    private final double seconds;

    private EventShowing(EventComparison comparison) {
        this.comparison = comparison;
        this.request = comparison.request();
        this.seconds = seconds(request.length());
    }

    static Showing of(EventComparison comparison) {
        return new EventShowing(comparison).showing();
    }

    private Showing showing() {
        boolean hasRequests = request.traffic().isPresent();
        return new Showing(
                request.service().name(),
                Policies.REFERENCE,
                request.marketName(),
                seconds,
                provenance(),
                comparison.policies().stream()
                        .map(policy -> policy(policy, hasRequests))
                        .toList(),
                replicaColumns(),
                hasRequests ? requestColumns() : List.of(),
                hasRequests
                        ? "Every request of " + request.workloadName()
                                + " from arrival to answer, waiting included. What was not answered counts as the timeout."
                        : "",
                IntStream.range(0, request.offsets().size())
                        .mapToObj(this::window)
                        .toList());
    }

    private static Showing.Policy policy(PolicyOutcomes policy, boolean hasRequests) {
        return new Showing.Policy(
                policy.name(),
                policy.name().equals("skyhedge"),
                figures(policy, outcome -> outcome.availability().full()),
                figures(policy, EventOutcome::costShare),
                figures(policy, outcome -> outcome.availability().outage()),
                hasRequests
                        ? Optional.of(MeanLatency.of(
                                policy.outcomes().stream()
                                        .map(EventOutcome::all)
                                        .toList(),
                                figures(
                                        policy,
                                        outcome -> 1 - outcome.requests().availability())))
                        : Optional.empty());
    }

    private static List<Double> figures(PolicyOutcomes policy, ToDoubleFunction<EventOutcome> figure) {
        return policy.outcomes().stream().map(figure::applyAsDouble).toList();
    }

    private List<Showing.Column> replicaColumns() {
        double days = seconds / SECONDS_PER_DAY;
        return List.of(
                column(
                        "all ready %",
                        "share of time with all wanted replicas ready",
                        2,
                        1,
                        outcome -> 100 * outcome.availability().full()),
                column(
                        "capacity %",
                        "mean share of the wanted replicas that was ready",
                        2,
                        1,
                        outcome -> 100 * outcome.availability().capacity()),
                column(
                        "outage %",
                        "share of time with none ready",
                        2,
                        -1,
                        outcome -> 100 * outcome.availability().outage()),
                column(
                        "cost %",
                        "of all wanted replicas on demand throughout", 2, -1, outcome -> 100 * outcome.costShare()),
                column("$/day", "spent", 2, -1, outcome -> outcome.bill().microDollars() / MICRO / days),
                column("preemptions", "instances that the cloud took back", 1, 0, EventOutcome::preemptions),
                column(
                        "launches",
                        "that were accepted",
                        1,
                        0,
                        outcome -> outcome.bill().rentals()),
                column("refused", "launches for which there was no room", 1, 0, EventOutcome::failedLaunches),
                column(
                        "on-demand %",
                        "share of the rented time",
                        1,
                        0,
                        outcome -> 100 * outcome.bill().onDemandShare()));
    }

    private List<Showing.Column> requestColumns() {
        return List.of(
                percentile("P50 s", "median time to the answer", 0.5, EventOutcome.Latency::p50),
                percentile("P90 s", "what nine of ten stay within", 0.9, EventOutcome.Latency::p90),
                percentile("P99 s", "what 99 of 100 stay within", 0.99, EventOutcome.Latency::p99),
                column(
                        "mean s",
                        "mean time to the answer",
                        2,
                        -1,
                        outcome -> outcome.all().mean()),
                column(
                        "requests",
                        "that arrived",
                        0,
                        0,
                        outcome -> outcome.requests().arrived()),
                column(
                        "answered %",
                        "share of the requests that came to an end",
                        3,
                        1,
                        outcome -> 100 * outcome.requests().availability()),
                column(
                        "failed",
                        "refused, or lost for good with their replica",
                        1,
                        -1,
                        outcome -> outcome.requests().failed()),
                column(
                        "timed out",
                        "given up by their clients",
                        1,
                        -1,
                        outcome -> outcome.requests().timedOut()),
                column(
                        "lost once",
                        "lost with their replica and sent again",
                        1,
                        -1,
                        outcome -> outcome.requests().retried()),
                column(
                        "held",
                        "waited because no replica was ready",
                        1,
                        -1,
                        outcome -> outcome.requests().held()));
    }

    private Showing.Column percentile(
            String name, String meaning, double share, ToDoubleFunction<EventOutcome.Latency> figure) {
        return new Showing.Column(
                name,
                meaning,
                2,
                -1,
                Optional.empty(),
                comparison.policies().stream()
                        .map(policy -> figures(policy, outcome -> figure.applyAsDouble(outcome.all())))
                        .toList(),
                comparison.policies().stream()
                        .map(policy -> MeanLatency.isFailure(
                                share,
                                figures(
                                        policy,
                                        outcome -> 1 - outcome.requests().availability())))
                        .toList());
    }

    private Showing.Column column(
            String name, String meaning, int decimals, int sign, ToDoubleFunction<EventOutcome> figure) {
        return new Showing.Column(
                name,
                meaning,
                decimals,
                sign,
                bound(name),
                comparison.policies().stream()
                        .map(policy -> figures(policy, figure))
                        .toList());
    }

    private Optional<String> bound(String column) {
        if (comparison.bounds().stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return switch (column) {
            case "all ready %", "capacity %" -> Optional.of("100.00");
            case "outage %" -> Optional.of("0.00");
            case "cost %" ->
                Optional.of(String.format(
                        Locale.ROOT,
                        "%.2f",
                        IntStream.range(0, comparison.bounds().size())
                                .mapToDouble(i -> 100
                                        * comparison
                                                .bounds()
                                                .get(i)
                                                .orElseThrow()
                                                .objective()
                                        / allOnDemand(i))
                                .average()
                                .orElseThrow()));
            default -> Optional.empty();
        };
    }

    /// In micro-dollars. Policies want the same number of replicas except for moments of autoscaling.
    private double allOnDemand(int window) {
        return Math.max(
                1, comparison.policies().getFirst().outcomes().get(window).allOnDemandMicroDollars());
    }

    private Showing.Window window(int index) {
        double total = allOnDemand(index);
        FleetCourse first =
                comparison.policies().getFirst().outcomes().get(index).fleet();
        Course wanted = steps(first.wanted()).running(seconds);
        double replicaSeconds = Math.max(1, wanted.points().getLast().value());
        return new Showing.Window(
                "from " + clock(request.offsets().get(index)),
                request.zones(),
                comparison.markets().get(index).stream()
                        .map(EventShowing::steps)
                        .toList(),
                wanted.times(1 / replicaSeconds),
                comparison.bounds().get(index).map(bound -> course(bound).times(1 / total)),
                Optional.of(total / MICRO),
                comparison.policies().stream()
                        .map(policy -> cell(policy.outcomes().get(index)))
                        .toList(),
                comparison.policies().stream()
                        .map(policy -> run(policy.outcomes().get(index)))
                        .toList());
    }

    private static String cell(EventOutcome outcome) {
        return String.format(
                Locale.ROOT, "%.2f / %.2f", 100 * outcome.availability().full(), 100 * outcome.costShare());
    }

    private Course course(Bound bound) {
        int ticks = bound.spending().ticks();
        return Course.running(
                IntStream.range(0, ticks)
                        .mapToDouble(tick -> bound.spending().at(tick))
                        .toArray(),
                0,
                seconds / ticks);
    }

    private Showing.Run run(EventOutcome outcome) {
        FleetCourse fleet = outcome.fleet();
        double total = Math.max(1, outcome.allOnDemandMicroDollars());
        return new Showing.Run(
                steps(fleet.wanted()),
                fleet.spot().stream().map(zone -> steps(zone.held())).toList(),
                fleet.spot().stream().map(zone -> steps(zone.ready())).toList(),
                steps(fleet.onDemandHeld()),
                steps(fleet.onDemandReady()),
                steps(fleet.spending()).running(seconds).times(1 / SECONDS_PER_HOUR / total),
                outcome.notable().stream().map(EventShowing::happening).toList());
    }

    private static Showing.Happening happening(Decision decision) {
        double at = seconds(EventComparison.sinceStart(decision));
        String[] where = decision.where().split(" ", 2);
        String zone = where[0].substring(where[0].lastIndexOf('/') + 1);
        return new Showing.Happening(
                at,
                at,
                1,
                false,
                decision.replica(),
                switch (decision.state()) {
                    case REQUESTED -> "launched";
                    case PREEMPTED -> "preempted";
                    case DRAINING -> "drained";
                    case STOPPING -> "ended";
                    case PROVISIONING, STARTING, READY, GONE, FAILED, FORGOTTEN ->
                        decision.state().name().toLowerCase(Locale.ROOT);
                },
                (where.length > 1 ? where[1] : "") + " in " + zone,
                decision.reason());
    }

    private static Course steps(Steps steps) {
        List<Point> points = new ArrayList<>();
        steps.steps().forEach(step -> points.add(new Point(seconds(step.at()), step.value())));
        return new Course(points.isEmpty() ? List.of(new Point(0, 0)) : points);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static String clock(Duration time) {
        return time.toDays() > 0 ? "day " + time.toDays() + ", " + hours(time.minusDays(time.toDays())) : hours(time);
    }

    private static String hours(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d h", time.toHours(), time.toMinutesPart());
    }

    private static String lags(Lags lags) {
        return "answers " + lag(lags.call()) + ", refusals " + lag(lags.refusal())
                + " (those of the published rules 30 s),"
                + " boot of spot " + lag(lags.spotBoot()) + ", of on-demand " + lag(lags.onDemandBoot())
                + ", start to ready " + lag(lags.start()) + ", events of the cloud " + lag(lags.event())
                + (lags.notice().isZero() ? ", no preemption notice" : ", notice " + plain(lags.notice()) + " s ahead");
    }

    private static String lag(Lag lag) {
        return switch (lag) {
            case Lag.Constant(Duration time) -> plain(time) + " s";
            case Lag.Uniform(Duration least, Duration most) -> plain(least) + " to " + plain(most) + " s";
            case Lag.Tailed(Duration least, Duration meanRest, Duration most) ->
                plain(least) + " s and " + plain(meanRest) + " s more on average";
        };
    }

    private static String plain(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private SequencedMap<String, String> provenance() {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("Service", request.service().name());
        entries.put("Market", request.marketName() + ", " + request.seriesInWords());
        entries.put(
                "Protocol",
                "event: everything at its own time, windows of " + hours(request.length()) + ", the first "
                        + request.warmUp().toMinutes() + " minutes not judged");
        entries.put("Lags", lags(request.lags()));
        entries.put("Requests", request.workloadName().isEmpty() ? "none" : request.workloadName());
        entries.put(
                "Windows",
                request.offsets().stream()
                        .map(offset -> Long.toString(offset.toSeconds()))
                        .collect(Collectors.joining(", ", "from seconds ", "")));
        entries.put("Seed", Long.toString(request.seed()));
        entries.put(
                "Bound",
                comparison.bounds().stream().allMatch(Optional::isPresent)
                        ? "all wanted replicas ready throughout, with hindsight, in ticks of 30 s, with the shortest cold"
                                + " start that the lags permit"
                        : "none: it needs a constant number of replicas, one price of spot that never changes, and"
                                + " windows of at most four days");
        return entries;
    }
}
