package dev.skyhedge.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// What the page shows, whichever protocol it comes from.
///
/// @param service name of the service
/// @param reference the policy that others are compared with
/// @param market what it was simulated in
/// @param seconds length of a window
/// @param provenance how it came about, by headings
/// @param policies in the order asked for
/// @param replicaColumns the table of what became of replicas
/// @param requestColumns the table of what became of requests; empty if there were none
/// @param requests what the requests were, a sentence; empty if there were none
/// @param windows in order
record Showing(
        String service,
        String reference,
        String market,
        double seconds,
        SequencedMap<String, String> provenance,
        List<Policy> policies,
        List<Column> replicaColumns,
        List<Column> requestColumns,
        String requests,
        List<Window> windows) {
    Showing {
        policies = List.copyOf(policies);
        replicaColumns = List.copyOf(replicaColumns);
        requestColumns = List.copyOf(requestColumns);
        windows = List.copyOf(windows);
    }

    /// One policy. Shares are between 0 and 1.
    ///
    /// @param name what it is called
    /// @param isOurs whether it is the default placement
    /// @param full by window, the share of time with all replicas ready
    /// @param cost by window, as a share of all replicas on demand
    /// @param outage by window, the share of time with none ready
    /// @param latency empty if there were no requests
    record Policy(
            String name,
            boolean isOurs,
            List<Double> full,
            List<Double> cost,
            List<Double> outage,
            Optional<Latency> latency) {}

    /// Means over the windows, in seconds.
    ///
    /// @param failed share of requests that were not answered
    /// @param isP99AtLeast whether in a window one of a hundred or more was not answered
    /// @param quantiles in the order of [dev.skyhedge.engine.simulate.event.EventOutcome.Latency#SHARES]
    record Latency(double p50, double p90, double p99, double failed, boolean isP99AtLeast, List<Double> quantiles) {}

    /// A column of a table of policies.
    ///
    /// @param name heading
    /// @param meaning a sentence
    /// @param decimals that are shown
    /// @param sign 1 if more is better, -1 if less is, 0 if neither
    /// @param bound of it; empty if it has none
    /// @param values for each policy those of its windows
    /// @param isAtLeast for each policy whether one of its values is that of something that never came, and may be
    ///     any more
    record Column(
            String name,
            String meaning,
            int decimals,
            int sign,
            Optional<String> bound,
            List<List<Double>> values,
            List<Boolean> isAtLeast) {
        Column {
            values = List.copyOf(values);
            isAtLeast = List.copyOf(isAtLeast);
        }

        /// A column of what always came.
        Column(String name, String meaning, int decimals, int sign, Optional<String> bound, List<List<Double>> values) {
            this(
                    name,
                    meaning,
                    decimals,
                    sign,
                    bound,
                    values,
                    values.stream().map(_ -> false).toList());
        }

        /// A policy's mean over the windows. Nothing that is counted has a fraction in a single window.
        String mean(int policy) {
            List<Double> windows = values.get(policy);
            double mean = ConfidenceInterval.of(windows).mean();
            boolean isWhole = windows.size() == 1 && windows.getFirst() == Math.rint(windows.getFirst()) && !isShare();
            return (isAtLeast.get(policy) ? "≥ " : "")
                    + String.format(Locale.ROOT, "%." + (isWhole && decimals == 1 ? 0 : decimals) + "f", mean);
        }

        private boolean isShare() {
            return name.endsWith("%");
        }
    }

    /// One stretch of the market.
    ///
    /// @param name where it begins
    /// @param zones names of the market's series
    /// @param capacity room for spot in each of them, as steps
    /// @param allOnDemand what all wanted replicas would have cost by then on demand, as a share of all of it
    /// @param bound the cheapest that was possible, as a share of the same, a line; empty where it is not known
    /// @param totalUsd what all on-demand costs; empty if prices have no unit
    /// @param cells for each policy, what it came to
    /// @param runs in the order of the policies
    record Window(
            String name,
            List<String> zones,
            List<Course> capacity,
            Course allOnDemand,
            Optional<Course> bound,
            Optional<Double> totalUsd,
            List<String> cells,
            List<Run> runs) {}

    /// One policy in one window.
    ///
    /// @param target replicas wanted, as steps
    /// @param spotHeld rented in each zone, as steps
    /// @param spotReady ready in each zone, as steps
    /// @param onDemandHeld rented on demand, as steps
    /// @param onDemandReady ready on demand, as steps
    /// @param cost spent by then as a share of what all on-demand costs, a line
    /// @param happened in order
    record Run(
            Course target,
            List<Course> spotHeld,
            List<Course> spotReady,
            Course onDemandHeld,
            Course onDemandReady,
            Course cost,
            List<Happening> happened) {}

    /// Something that became of a replica.
    ///
    /// @param from in seconds since the beginning of the window
    /// @param times how often the same thing happened until `to`
    /// @param isMinor whether it is the first to be left out where there is too much
    record Happening(
            double from,
            double to,
            int times,
            boolean isMinor,
            String replica,
            String what,
            String where,
            String reason) {}

    /// The mean of the bounds, as a share of all on-demand; empty unless every window has one.
    Optional<Double> meanBound() {
        return windows.stream().anyMatch(window -> window.bound().isEmpty())
                ? Optional.empty()
                : Optional.of(windows.stream()
                        .mapToDouble(window ->
                                window.bound().orElseThrow().points().getLast().value())
                        .average()
                        .orElseThrow());
    }
}
