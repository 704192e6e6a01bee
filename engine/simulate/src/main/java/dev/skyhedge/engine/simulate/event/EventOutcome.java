package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one simulation showed.
///
/// @param service which service
/// @param length how long it ran
/// @param availability of replicas, over time
/// @param readiness the course behind it
/// @param fleet what was held and ready where
/// @param bill what was spent
/// @param allOnDemandMicroDollars what the wanted number would have cost on demand in the cheapest place
/// @param preemptions instances that the cloud took back
/// @param failedLaunches launches that the cloud refused
/// @param requests what became of requests
/// @param answered latencies of what was answered
/// @param all the same, with everything else counted as the timeout
/// @param decisions everything that became of replicas, in order
/// @param steps how often the reconciler was asked
public record EventOutcome(
        String service,
        Duration length,
        Readiness.Availability availability,
        List<Readiness.Phase> readiness,
        FleetCourse fleet,
        Bill bill,
        long allOnDemandMicroDollars,
        int preemptions,
        int failedLaunches,
        RequestCounts requests,
        Latency answered,
        Latency all,
        List<Decision> decisions,
        long steps) {
    /// In seconds; all 0 if nothing was measured.
    ///
    /// @param quantiles the least times that the [#SHARES] of all do not exceed, in their order
    public record Latency(double mean, double p50, double p90, double p99, List<Double> quantiles) {
        /// From one in a hundred to all but one in a thousand, finer towards the end.
        public static final List<Double> SHARES = List.of(
                0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.98,
                0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999);

        public Latency {
            quantiles = List.copyOf(quantiles);
        }

        static Latency of(LatencyHistogram histogram) {
            return new Latency(
                    histogram.meanSeconds(),
                    histogram.quantileSeconds(0.5),
                    histogram.quantileSeconds(0.9),
                    histogram.quantileSeconds(0.99),
                    SHARES.stream().map(histogram::quantileSeconds).toList());
        }
    }

    public EventOutcome {
        readiness = List.copyOf(readiness);
        decisions = List.copyOf(decisions);
    }

    /// The decisions worth telling: launches that were accepted, what we ended, and preemptions.
    public List<Decision> notable() {
        Set<String> refused = new HashSet<>();
        decisions.stream()
                .filter(decision -> decision.state() == Lifecycle.FAILED)
                .forEach(decision -> refused.add(life(decision)));
        return decisions.stream()
                .filter(decision -> decision.isOurs() || decision.state() == Lifecycle.PREEMPTED)
                .filter(decision -> !refused.contains(life(decision)))
                .toList();
    }

    private static String life(Decision decision) {
        return decision.replica() + " " + decision.generation();
    }

    /// Cost as a share of the wanted number on demand; 0 if nothing was wanted.
    public double costShare() {
        return allOnDemandMicroDollars == 0 ? 0 : (double) bill.microDollars() / allOnDemandMicroDollars;
    }
}
