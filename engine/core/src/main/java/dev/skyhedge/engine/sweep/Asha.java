package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020):
/// at each rung one of so many goes on, the others wait until they are among the best. It knows no deadline. When no
/// configuration is left to begin, those that wait go on in their order.
public final class Asha implements TrialScheduler {
    private final SweepSettings settings;
    private final Trials trials;
    private final List<Rung> rungs;
    private final Interrupted interrupted = new Interrupted();

    /// @param trials names, in the order in which they are to be begun
    public Asha(SweepSettings settings, Collection<String> trials) {
        this.settings = settings;
        this.trials = new Trials(trials);
        this.rungs = Rung.ladder(settings, 0);
    }

    @Override
    public Optional<Start> next(double now, int free) {
        if (free < 1) {
            return Optional.empty();
        }
        Optional<Start> start = interrupted
                .next()
                .map(trial -> new Start(trial.name, 1, "its machine was taken back"))
                .or(this::promoted)
                .or(() -> trials.pending().map(trial -> new Start(trial.name, 1, "the next configuration")))
                .or(this::waiting);
        start.ifPresent(one -> trials.start(trials.get(one.trial()), now, one.atoms()));
        return start;
    }

    private Optional<Start> promoted() {
        for (Rung rung : rungs) {
            Optional<Trial> promoted = rung.promotable(rung::isTop);
            if (promoted.isPresent()) {
                rung.forget(promoted.get());
                return Optional.of(new Start(
                        promoted.get().name, 1, "it is among the best at iteration " + rung.milestone + " by now"));
            }
        }
        return Optional.empty();
    }

    private Optional<Start> waiting() {
        return trials.paused().findFirst().map(trial -> {
            rungs.forEach(rung -> rung.forget(trial));
            return new Start(trial.name, 1, "no configuration is left to begin");
        });
    }

    @Override
    public Decision onReport(Report report, double now, int free) {
        Trial trial = trials.get(report.trial());
        trial.heard(report);
        if (report.last() || report.iteration() >= settings.maxIterations()) {
            end(trial);
            return new Decision.Stop(report.last() ? "it has ended" : "it has come to iteration " + report.iteration());
        }
        for (Rung rung : rungs) {
            if (report.iteration() >= rung.milestone) {
                return rung.has(trial) ? goesOn() : compared(trial, report, rung);
            }
        }
        return goesOn();
    }

    private Decision compared(Trial trial, Report report, Rung rung) {
        rung.record(trial, report.value());
        if (rung.isTop(trial)) {
            return goesOn();
        }
        rung.pause(trial);
        trials.leave(trial, Trial.Status.PAUSED);
        return new Decision.Pause("others were better at iteration " + rung.milestone);
    }

    private static Decision goesOn() {
        return new Decision.Continue("it is among the best so far");
    }

    private void end(Trial trial) {
        trials.leave(trial, Trial.Status.ENDED);
        rungs.forEach(rung -> rung.forget(trial));
    }

    @Override
    public void onPreempted(String name) {
        Trial trial = trials.get(name);
        trials.leave(trial, Trial.Status.PAUSED);
        interrupted.add(trial);
    }

    @Override
    public void onFailed(String name) {
        end(trials.get(name));
    }
}
