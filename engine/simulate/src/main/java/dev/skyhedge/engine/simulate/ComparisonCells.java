package dev.skyhedge.engine.simulate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What stands in the cells of a comparison's tables, on pages and in terminals.
public final class ComparisonCells {
    private ComparisonCells() {}

    /// A policy over all windows: name, full, capacity, outage, cost, preempted, launches, refused, on-demand,
    /// gap closed.
    public static List<String> summary(Comparison comparison, Comparison.PolicyRuns policy) {
        List<Run> runs = policy.runs();
        return List.of(
                policy.name(),
                spread(runs, Figure.FULL, 100, 2),
                spread(runs, Figure.CAPACITY, 100, 2),
                spread(runs, Figure.OUTAGE, 100, 2),
                spread(runs, Figure.COST_SHARE, 100, 2),
                count(runs, Figure.PREEMPTIONS),
                count(runs, Figure.LAUNCHES),
                count(runs, Figure.FAILED_LAUNCHES),
                spread(runs, Figure.ON_DEMAND_SHARE, 100, 1),
                gap(comparison.gapClosed(policy)));
    }

    /// A policy in one window: availability, cost, gap closed.
    public static String window(Comparison comparison, Comparison.PolicyRuns policy, int window) {
        Outcome outcome = policy.runs().get(window).outcome();
        String gap = gap(comparison.gapClosed(policy, window));
        return percent(outcome.full()) + " / " + percent(outcome.costShare()) + (gap.equals("-") ? "" : " " + gap);
    }

    /// A share in percent, without the sign.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", share * 100);
    }

    /// What is counted has no fraction in a single run.
    private static String count(List<Run> runs, Figure figure) {
        return spread(runs, figure, 1, runs.size() < 2 ? 0 : 1);
    }

    private static String spread(List<Run> runs, Figure figure, int scale, int decimals) {
        Spread spread = Spread.of(runs, figure::of);
        String mean = String.format(Locale.ROOT, "%." + decimals + "f", spread.mean() * scale);
        return runs.size() < 2
                ? mean
                : mean + String.format(Locale.ROOT, " ± %." + decimals + "f", spread.deviation() * scale);
    }

    private static String gap(Optional<Comparison.GapClosed> closed) {
        return closed.map(gap -> {
                    String share = String.format(Locale.ROOT, "%.0f %%", gap.share() * 100);
                    return gap.isLessAvailable() ? "(" + share + ")" : share;
                })
                .orElse("-");
    }
}
