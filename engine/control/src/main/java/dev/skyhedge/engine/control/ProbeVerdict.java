package dev.skyhedge.engine.control;

import dev.skyhedge.specs.ReadinessSpec;

/// Whether a replica passes, by the thresholds of its spec.
final class ProbeVerdict {
    private final ReadinessSpec readiness;
    private boolean known;
    private boolean passing;
    private int streak;
    private boolean lastPassed;
    private String lastDetail = "";

    /// @param readiness whose thresholds count
    /// @param passing the verdict to begin with: that of a replica that was found ready earlier
    ProbeVerdict(ReadinessSpec readiness, boolean passing) {
        this.readiness = readiness;
        this.passing = passing;
    }

    boolean isPassing() {
        return passing;
    }

    /// Takes in a result. True if the verdict is new or has another reason.
    boolean changedBy(ProbeClient.Result result) {
        streak = result.passed() == lastPassed ? streak + 1 : 1;
        lastPassed = result.passed();
        boolean before = passing;
        if (result.passed() && streak >= readiness.successThreshold()) {
            passing = true;
        } else if (!result.passed() && streak >= readiness.failureThreshold()) {
            passing = false;
        }
        boolean news =
                !known || before != passing || (!passing && !result.detail().equals(lastDetail));
        known = true;
        lastDetail = result.detail();
        return news;
    }
}
