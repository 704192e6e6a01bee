package dev.skyhedge.engine.sweep;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiPredicate;

/// What all schedulers have in common: who lost its machine goes first, who has come to the end is
/// done, who is cut at a rung waits. What differs is who is begun, who is cut, and on how much who
/// is not goes on.
abstract sealed class RungScheduler implements TrialScheduler permits HyperSched, Asha, RandomSearch {
    final SweepSettings settings;
    final Trials trials;
    /// From the highest to the lowest.
    final List<Rung> rungs;

    /// Trials that ran when they lost their machine, in the order of their losses.
    private final Queue<Trial> interrupted = new ArrayDeque<>();

    /// @param trials names, in the order in which they are to be begun
    RungScheduler(SweepSettings settings, Collection<String> trials, List<Rung> rungs) {
        this.settings = settings;
        this.trials = new Trials(trials);
        this.rungs = rungs;
    }

    /// Who is started on one atom now, if nobody has lost its machine.
    abstract Optional<Chosen> choose(double now);

    /// Why the trial is cut at its report; empty if it goes on.
    abstract Optional<String> cut(Trial trial, Report report, double now, int free);

    /// How a trial that is not cut goes on.
    abstract Decision goesOn(Trial trial, double now, int free);

    /// What the report says of the time that things take, before the trial itself has heard of it.
    void learn(Trial trial, Report report, double now) {}

    /// The trial does not run any more.
    void left(Trial trial) {}

    /// @param reason for people
    record Chosen(Trial trial, String reason) {}

    @Override
    public final Optional<Start> next(double now, int free) {
        if (free < 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(interrupted.poll())
                .map(trial -> new Chosen(trial, "its machine was taken back"))
                .or(() -> choose(now))
                .map(chosen -> {
                    rungs.forEach(rung -> rung.forget(chosen.trial()));
                    trials.start(chosen.trial(), now, 1);
                    return new Start(chosen.trial().name, 1, chosen.reason());
                });
    }

    /// The best one that waits at the highest rung where one may go on.
    final Optional<Chosen> promoted(BiPredicate<Rung, Trial> may) {
        return rungs.stream()
                .flatMap(rung -> rung
                        .bestThatWaits()
                        .filter(trial -> may.test(rung, trial))
                        .map(trial ->
                                new Chosen(trial, "it is among the best at iteration " + rung.milestone + " by now"))
                        .stream())
                .findFirst();
    }

    final Optional<Chosen> begun() {
        return trials.pending().map(trial -> new Chosen(trial, "the next configuration"));
    }

    @Override
    public final Decision onReport(Report report, double now, int free) {
        Trial trial = trials.get(report.trial());
        boolean isDone = report.last() || report.iteration() >= settings.maxIterations();
        if (trial.status != Trial.Status.RUNNING) {
            return late(trial, isDone);
        }
        learn(trial, report, now);
        trial.heard(report);
        if (isDone) {
            leave(trial, Trial.Status.ENDED);
            return new Decision.Stop(report.last() ? "it has ended" : "it has come to iteration " + report.iteration());
        }
        Optional<String> cut = cut(trial, report, now, free);
        if (cut.isEmpty()) {
            return goesOn(trial, now, free);
        }
        leave(trial, Trial.Status.PAUSED);
        return new Decision.Pause(cut.get());
    }

    /// A report that was on its way when its trial lost its machine, was paused or ended. Nobody is
    /// cut by it, as the trial goes on from a checkpoint that may be older; that the trial has come
    /// to its end holds all the same.
    private Decision late(Trial trial, boolean isDone) {
        if (isDone) {
            leave(trial, Trial.Status.ENDED);
        }
        return trial.status == Trial.Status.ENDED
                ? new Decision.Stop("it has ended")
                : new Decision.Pause("it does not run any more");
    }

    @Override
    public final void onPreempted(String name) {
        Trial trial = trials.get(name);
        if (trial.status == Trial.Status.RUNNING) {
            leave(trial, Trial.Status.PAUSED);
            interrupted.add(trial);
        }
    }

    @Override
    public final void onFailed(String name) {
        leave(trials.get(name), Trial.Status.ENDED);
    }

    private void leave(Trial trial, Trial.Status status) {
        interrupted.remove(trial);
        trials.leave(trial, status);
        left(trial);
    }
}
