package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The best model by a deadline: many trials at first, each on one atom; the bad ones are cut; once a newcomer could
/// not catch up any more none is begun, and those that are left share the atoms. After HyperSched (Liaw et al.,
/// "HyperSched: Dynamic Resource Reallocation for Model Development on a Deadline", SoCC 2019) and its published code.
///
/// Its variant [Variant#PUBLISHED] decides as that code does, to be compared with it. [Variant#MENDED] differs where
/// that leaves something undone:
/// - a newcomer that is worth it gets a second atom on its way, so that it catches up sooner, and is admitted longer;
/// - once none is begun any more, a trial is cut only if a better one can use its atoms;
/// - an iteration takes what it takes a trial in the middle, not what most reports say;
/// - when nobody can use the atoms that are left, because those that run have all that one may have or have reached
///   the end, paused trials go on, the best first;
/// - trials that go on for want of anything else do so from the best, not in the order in which they were begun.
public final class HyperSched implements TrialScheduler {
    /// Which rules are followed.
    public enum Variant {
        PUBLISHED,
        MENDED
    }

    private final SweepSettings settings;
    private final Variant variant;
    private final Trials trials;
    private final List<Rung> rungs;
    private final Experience experience = new Experience();
    private final Allocation allocation;
    private final Interrupted interrupted = new Interrupted();

    /// @param trials names, in the order in which they are to be begun
    public HyperSched(SweepSettings settings, Variant variant, Collection<String> trials) {
        this.settings = settings;
        this.variant = variant;
        this.trials = new Trials(trials);
        this.rungs = Rung.ladder(settings, 1);
        this.allocation = new Allocation(settings, experience);
    }

    @Override
    public Optional<Start> next(double now, int free) {
        if (free < 1) {
            return Optional.empty();
        }
        Optional<Start> start = interrupted
                .next()
                .map(trial -> start(trial, "its machine was taken back"))
                .or(() -> isAdmissionClosed(now) ? afterAdmission(now) : admitted());
        start.ifPresent(one -> trials.start(trials.get(one.trial()), now, one.atoms()));
        return start;
    }

    private static Start start(Trial trial, String reason) {
        return new Start(trial.name, 1, reason);
    }

    /// Whether what is left is too little for a newcomer to catch up with the trial that has come farthest.
    private boolean isAdmissionClosed(double now) {
        OptionalDouble iteration =
                variant == Variant.PUBLISHED ? experience.iterationOfReports() : experience.iterationOfTrials();
        return iteration.isPresent() && settings.deadline() - now < fair(iteration.getAsDouble());
    }

    private double fair(double iteration) {
        double catchingUp = (experience.longest() - experience.startup()) * settings.reductionFactor();
        double throughout = settings.maxIterations() * iteration;
        double grown = variant == Variant.PUBLISHED || settings.atomsAllowed().size() < 2
                ? 1
                : settings.scaling().of(settings.atomsAllowed().get(1));
        return Math.min(catchingUp, throughout) / grown;
    }

    private Optional<Start> afterAdmission(double now) {
        if (variant == Variant.PUBLISHED) {
            trials.giveUpAllThatWait();
            return Optional.empty();
        }
        boolean othersCanGrow = trials.running().size() * settings.mostOfOneTrial() >= settings.atoms();
        if (othersCanGrow || !settings.resumePausedWhenIdle()) {
            return Optional.empty();
        }
        return trials.paused()
                .filter(trial -> trial.iterationSeconds.size() > 0
                        && settings.deadline() - now > experience.startup() + trial.iterationSeconds.median())
                .filter(trial -> trial.best > Double.NEGATIVE_INFINITY)
                .max(Trials.BY_BEST)
                .map(trial -> resumed(trial, "nobody else can use the atoms"));
    }

    private Optional<Start> admitted() {
        for (Rung rung : rungs) {
            OptionalDouble cutoff = rung.cutoff();
            if (cutoff.isPresent()) {
                Optional<Trial> promoted = rung.promotable(trial -> rung.reaches(trial, cutoff.getAsDouble()));
                if (promoted.isPresent()) {
                    rung.forget(promoted.get());
                    return Optional.of(
                            start(promoted.get(), "it is among the best at iteration " + rung.milestone + " by now"));
                }
            }
        }
        return trials.pending()
                .map(trial -> start(trial, "the next configuration"))
                .or(this::idle);
    }

    private Optional<Start> idle() {
        if (variant == Variant.MENDED && !settings.resumePausedWhenIdle()) {
            return Optional.empty();
        }
        Optional<Trial> some = variant == Variant.PUBLISHED
                ? trials.paused().findFirst()
                : trials.paused().max(Trials.BY_BEST);
        return some.map(trial -> resumed(trial, "no configuration is left to begin"));
    }

    private Start resumed(Trial trial, String reason) {
        rungs.forEach(rung -> rung.forget(trial));
        return start(trial, reason);
    }

    @Override
    public Decision onReport(Report report, double now, int free) {
        Trial trial = trials.get(report.trial());
        experience.learn(trial, report, now);
        trial.heard(report);
        if (report.last() || report.iteration() >= settings.maxIterations()) {
            leave(trial, Trial.Status.ENDED);
            return new Decision.Stop(report.last() ? "it has ended" : "it has come to iteration " + report.iteration());
        }
        Optional<Decision> cut = cut(trial, report, now, free);
        if (cut.isPresent()) {
            leave(trial, Trial.Status.PAUSED);
            return cut.get();
        }
        int atoms = allocation.atoms(trial, trials.running(), now, free);
        if (atoms == trial.atoms) {
            return new Decision.Continue("it is among the best so far");
        }
        trials.start(trial, now, atoms);
        allocation.restarted(trial);
        return new Decision.Resize(atoms, "its share of the atoms is " + atoms + " by now");
    }

    /// At every report every rung again, so that a trial can be cut later, when others have raised the bar. A newcomer
    /// at a rung is compared with those who were there before.
    private Optional<Decision> cut(Trial trial, Report report, double now, int free) {
        for (Rung rung : rungs) {
            if (report.iteration() >= rung.milestone) {
                OptionalDouble cutoff = rung.cutoff();
                double value = rung.record(trial, report.value());
                if (cutoff.isPresent() && value < cutoff.getAsDouble() && isOfUse(trial, now, free)) {
                    rung.pause(trial);
                    return Optional.of(new Decision.Pause("others were better at iteration " + rung.milestone));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether anybody can use what the trial has.
    private boolean isOfUse(Trial trial, double now, int free) {
        return variant == Variant.PUBLISHED
                || !isAdmissionClosed(now)
                || trials.running().stream()
                        .anyMatch(other -> other != trial
                                && other.last >= trial.last
                                && allocation.canGrow(other, now, free + trial.atoms));
    }

    private void leave(Trial trial, Trial.Status status) {
        trials.leave(trial, status);
        allocation.leave(trial);
        if (status == Trial.Status.ENDED) {
            rungs.forEach(rung -> rung.forget(trial));
        }
    }

    @Override
    public void onPreempted(String name) {
        Trial trial = trials.get(name);
        leave(trial, Trial.Status.PAUSED);
        interrupted.add(trial);
    }

    @Override
    public void onFailed(String name) {
        leave(trials.get(name), Trial.Status.ENDED);
    }
}
