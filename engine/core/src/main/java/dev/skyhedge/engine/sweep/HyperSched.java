package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// The best model by a deadline: many trials at first, each on one atom; the bad ones are cut; once a newcomer could
/// not catch up any more none is begun, and those that are left share the atoms. After HyperSched (Liaw et al.,
/// "HyperSched: Dynamic Resource Reallocation for Model Development on a Deadline", SoCC 2019) and its published code.
///
/// Its variant [Variant#PUBLISHED] decides as that code does, to be compared with it. [Variant#MENDED] differs where
/// that leaves something undone:
/// - a newcomer that is worth it gets a second atom on its way, so that it catches up sooner, and is admitted longer;
/// - a trial is cut only if its atoms are of use: to one that waits, or, once none is begun any more, to a better one;
/// - an iteration takes what it takes a trial in the middle, not what most reports say;
/// - when nobody can use the atoms that are left, because those that run have all that one may have or have reached
///   the end, paused trials go on, the best first;
/// - trials that go on for want of anything else do so from the best, not in the order in which they were begun, and
///   none that has diverged.
public final class HyperSched extends RungScheduler {
    /// Which rules are followed.
    public enum Variant {
        PUBLISHED,
        MENDED
    }

    private final Variant variant;
    private final Experience experience = new Experience();
    private final Allocation allocation;

    /// @param trials names, in the order in which they are to be begun
    public HyperSched(SweepSettings settings, Variant variant, Collection<String> trials) {
        super(settings, trials, Rung.ladder(settings, 1));
        this.variant = variant;
        this.allocation = new Allocation(settings, experience);
    }

    @Override
    Optional<Chosen> choose(double now) {
        return isAdmissionClosed(now) ? afterAdmission(now) : admitted().or(this::idle);
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

    private Optional<Chosen> admitted() {
        return promoted(Rung::reaches).or(this::begun);
    }

    private Optional<Chosen> afterAdmission(double now) {
        if (variant == Variant.PUBLISHED) {
            trials.giveUpAllThatWait();
            return Optional.empty();
        }
        boolean othersCanGrow = trials.running().size() * settings.mostOfOneTrial() >= settings.atoms();
        return othersCanGrow
                ? Optional.empty()
                : bestThatWaits(trial -> trial.iterationSeconds.size() > 0
                                && settings.deadline() - now > experience.startup() + trial.iterationSeconds.median())
                        .map(trial -> new Chosen(trial, "nobody else can use the atoms"));
    }

    private Optional<Chosen> idle() {
        Optional<Trial> some = variant == Variant.PUBLISHED ? trials.paused().findFirst() : bestThatWaits(_ -> true);
        return some.map(trial -> new Chosen(trial, "no configuration is left to begin"));
    }

    private Optional<Trial> bestThatWaits(Predicate<Trial> may) {
        return trials.paused()
                .filter(trial -> settings.resumePausedWhenIdle())
                .filter(trial -> trial.best > Double.NEGATIVE_INFINITY && may.test(trial))
                .max(Trials.BY_BEST);
    }

    @Override
    void learn(Trial trial, Report report, double now) {
        experience.learn(trial, report, now);
    }

    /// At every report every rung again, so that a trial can be cut later, when others have raised the bar. A newcomer
    /// at a rung is compared with those who were there before.
    @Override
    Optional<String> cut(Trial trial, Report report, double now, int free) {
        for (Rung rung : rungs) {
            if (report.iteration() >= rung.milestone) {
                OptionalDouble cutoff = rung.cutoff();
                double value = rung.record(trial, report.value());
                if (cutoff.isPresent() && value < cutoff.getAsDouble() && isOfUse(trial, now, free)) {
                    return Optional.of(rung.pause(trial));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether anybody can use what the trial has.
    private boolean isOfUse(Trial trial, double now, int free) {
        return variant == Variant.PUBLISHED
                || (!isAdmissionClosed(now) && admitted().isPresent())
                || trials.running().stream()
                        .anyMatch(other -> other != trial
                                && other.last >= trial.last
                                && allocation.canGrow(other, now, free + trial.atoms));
    }

    @Override
    Decision goesOn(Trial trial, double now, int free) {
        int atoms = allocation.atoms(trial, trials.running(), now, free);
        if (atoms == trial.atoms) {
            return new Decision.Continue("it is among the best so far");
        }
        trials.start(trial, now, atoms);
        allocation.restarted(trial);
        return new Decision.Resize(atoms, "its share of the atoms is " + atoms + " by now");
    }

    @Override
    void left(Trial trial) {
        allocation.leave(trial);
    }
}
