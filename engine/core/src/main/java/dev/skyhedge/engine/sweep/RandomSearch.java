package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.Optional;

/// One configuration after the other, each to its end.
public final class RandomSearch implements TrialScheduler {
    private final SweepSettings settings;
    private final Trials trials;
    private final Interrupted interrupted = new Interrupted();

    /// @param trials names, in the order in which they are to be begun
    public RandomSearch(SweepSettings settings, Collection<String> trials) {
        this.settings = settings;
        this.trials = new Trials(trials);
    }

    @Override
    public Optional<Start> next(double now, int free) {
        if (free < 1) {
            return Optional.empty();
        }
        Optional<Start> start = interrupted
                .next()
                .map(trial -> new Start(trial.name, 1, "its machine was taken back"))
                .or(() -> trials.pending().map(trial -> new Start(trial.name, 1, "the next configuration")));
        start.ifPresent(one -> trials.start(trials.get(one.trial()), now, one.atoms()));
        return start;
    }

    @Override
    public Decision onReport(Report report, double now, int free) {
        if (report.last() || report.iteration() >= settings.maxIterations()) {
            trials.leave(trials.get(report.trial()), Trial.Status.ENDED);
            return new Decision.Stop(report.last() ? "it has ended" : "it has come to iteration " + report.iteration());
        }
        return new Decision.Continue("nothing is cut");
    }

    @Override
    public void onPreempted(String name) {
        Trial trial = trials.get(name);
        trials.leave(trial, Trial.Status.PAUSED);
        interrupted.add(trial);
    }

    @Override
    public void onFailed(String name) {
        trials.leave(trials.get(name), Trial.Status.ENDED);
    }
}
