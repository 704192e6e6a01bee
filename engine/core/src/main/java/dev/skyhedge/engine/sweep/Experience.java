package dev.skyhedge.engine.sweep;

import java.util.OptionalDouble;

/// What a sweep has learnt of the time that its trials take, in seconds.
final class Experience {
    private static final double CAREFUL = 0.9;
    /// From the start of a trial to its first iteration.
    private final OrderStatistics starts = new OrderStatistics();
    /// Of iterations on one atom: all of them, and the median of each trial.
    private final OrderStatistics iterations = new OrderStatistics();

    private final OrderStatistics ofTrials = new OrderStatistics();
    private double longest;

    /// To be told before the trial itself hears of the report.
    void learn(Trial trial, Report report, double now) {
        if (!trial.reported) {
            starts.add(now - trial.startedAt - report.seconds());
        }
        if (trial.atoms == 1) {
            iterations.add(report.seconds());
            if (trial.iterationSeconds.size() > 0) {
                ofTrials.remove(trial.iterationSeconds.median());
            }
            trial.iterationSeconds.add(report.seconds());
            ofTrials.add(trial.iterationSeconds.median());
        }
        longest = Math.max(longest, trial.trained + report.seconds());
    }

    /// How long a start takes if it goes badly; -1 as long as that is not known.
    double startup() {
        return starts.size() == 0 ? -1 : starts.percentile(CAREFUL);
    }

    /// The longest that a trial has been trained for.
    double longest() {
        return longest;
    }

    /// An iteration on one atom, as most reports have it: slow configurations count for less, as they report less.
    OptionalDouble iterationOfReports() {
        return iterations.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(iterations.median());
    }

    /// An iteration on one atom of a trial in the middle.
    OptionalDouble iterationOfTrials() {
        return ofTrials.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(ofTrials.median());
    }
}
