package dev.skyhedge.cli.view.simulation;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.EventComparison.PolicyOutcomes;
import dev.skyhedge.engine.simulate.event.EventOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Policies side by side, as the event protocol saw them, for people.
public final class EventComparisonText {
    private static final double MICRO = 1e6;

    private EventComparisonText() {}

    /// Availability and money, then requests if there were any.
    public static String render(EventComparison comparison, Display display) {
        var text = new StringBuilder();
        int windows = comparison.request().offsets().size();
        text.append("service.")
                .append(comparison.request().service().name())
                .append(" on ")
                .append(comparison.request().marketName())
                .append(", ")
                .append(comparison.request().seriesInWords())
                .append(", event by event: ")
                .append(windows == 1 ? "1 window" : windows + " windows, mean ± standard deviation")
                .append("\n\n");
        replicas(comparison, display, text);
        text.append('\n')
                .append(display.wrapLines(
                        "Shares in % of time; full = all wanted ready, capacity = mean share ready, outage = none ready."
                                + " Cost in % of\nthe wanted replicas on-demand."))
                .append('\n');
        if (comparison.request().traffic().isPresent()) {
            text.append("\nRequests of ")
                    .append(comparison.request().workloadName())
                    .append(":\n\n");
            requests(comparison, display, text);
            text.append(
                    "\nLatencies in seconds, with what was not answered counted as the timeout: ≥ where that is what the figure says.\n");
        }
        return text.toString();
    }

    private static void replicas(EventComparison comparison, Display display, StringBuilder text) {
        double days = comparison.request().length().toSeconds()
                / (double) Duration.ofDays(1).toSeconds();
        var table = new Table(display, "  ", "lrrrrrrrrl");
        table.header(
                "policy",
                "full",
                "capacity",
                "outage",
                "cost",
                "$/day",
                "preempted",
                "launched",
                "refused",
                "on-demand");
        for (PolicyOutcomes policy : comparison.policies()) {
            table.add(
                    policy.name(),
                    spread(policy, outcome -> 100 * outcome.availability().full(), 2),
                    spread(policy, outcome -> 100 * outcome.availability().capacity(), 2),
                    spread(policy, outcome -> 100 * outcome.availability().outage(), 2),
                    spread(policy, outcome -> 100 * outcome.costShare(), 1),
                    spread(policy, outcome -> outcome.bill().microDollars() / MICRO / days, 2),
                    count(policy, EventOutcome::preemptions),
                    count(policy, outcome -> outcome.bill().rentals()),
                    count(policy, EventOutcome::failedLaunches),
                    spread(policy, outcome -> 100 * outcome.bill().onDemandShare(), 1));
        }
        table.appendTo(text);
    }

    private static void requests(EventComparison comparison, Display display, StringBuilder text) {
        var table = new Table(display, "  ", "lrrrrrrrrl");
        table.header("policy", "p50", "p90", "p99", "mean", "arrived", "answered %", "failed", "timed out", "retried");
        for (PolicyOutcomes policy : comparison.policies()) {
            table.add(
                    policy.name(),
                    percentile(policy, 0.5, outcome -> outcome.all().p50()),
                    percentile(policy, 0.9, outcome -> outcome.all().p90()),
                    percentile(policy, 0.99, outcome -> outcome.all().p99()),
                    spread(policy, outcome -> outcome.all().mean(), 2),
                    mean(policy, outcome -> outcome.requests().arrived()),
                    spread(policy, outcome -> 100 * outcome.requests().availability(), 3),
                    mean(policy, outcome -> outcome.requests().failed()),
                    mean(policy, outcome -> outcome.requests().timedOut()),
                    mean(policy, outcome -> outcome.requests().retried()));
        }
        table.appendTo(text);
    }

    private static String mean(PolicyOutcomes policy, ToDoubleFunction<EventOutcome> figure) {
        return String.format(Locale.ROOT, "%." + (policy.outcomes().size() < 2 ? 0 : 1) + "f", policy.mean(figure));
    }

    /// What is counted has no fraction in a single window.
    private static String count(PolicyOutcomes policy, ToDoubleFunction<EventOutcome> figure) {
        return spread(policy, figure, policy.outcomes().size() < 2 ? 0 : 1);
    }

    /// One that is somewhere among what was not answered says how long clients waited in vain.
    private static String percentile(PolicyOutcomes policy, double share, ToDoubleFunction<EventOutcome> figure) {
        boolean isFailure = policy.outcomes().stream()
                .anyMatch(outcome -> outcome.requests().availability() < share);
        return (isFailure ? "≥ " : "") + spread(policy, figure, 2);
    }

    private static String spread(PolicyOutcomes policy, ToDoubleFunction<EventOutcome> figure, int decimals) {
        String mean = String.format(Locale.ROOT, "%." + decimals + "f", policy.mean(figure));
        return policy.outcomes().size() < 2
                ? mean
                : mean + String.format(Locale.ROOT, " ± %." + decimals + "f", policy.deviation(figure));
    }
}
