package dev.skyhedge.engine.simulate.event;

import java.time.Duration;
import java.util.List;

/// What one simulation showed.
///
/// @param service which service
/// @param length how long it ran
/// @param availability of replicas, over time
/// @param readiness the course behind it
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
    public record Latency(double mean, double p50, double p90, double p99) {
        static Latency of(LatencyHistogram histogram) {
            return new Latency(
                    histogram.meanSeconds(),
                    histogram.quantileSeconds(0.5),
                    histogram.quantileSeconds(0.9),
                    histogram.quantileSeconds(0.99));
        }
    }

    public EventOutcome {
        readiness = List.copyOf(readiness);
        decisions = List.copyOf(decisions);
    }

    /// Cost as a share of the wanted number on demand; 0 if nothing was wanted.
    public double costShare() {
        return allOnDemandMicroDollars == 0 ? 0 : (double) bill.microDollars() / allOnDemandMicroDollars;
    }
}
