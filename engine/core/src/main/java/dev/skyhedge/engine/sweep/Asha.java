package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.Optional;

/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020):
/// at each rung one of so many goes on, the others wait until they are among the best. It knows no deadline. When no
/// configuration is left to begin, those that wait go on in their order.
public final class Asha extends RungScheduler {
    /// @param trials names, in the order in which they are to be begun
    public Asha(SweepSettings settings, Collection<String> trials) {
        super(settings, trials, Rung.ladder(settings, 0));
    }

    @Override
    Optional<Chosen> choose(double now) {
        return promoted(Rung::isTop)
                .or(this::begun)
                .or(() -> trials.paused()
                        .findFirst()
                        .map(trial -> new Chosen(trial, "no configuration is left to begin")));
    }

    /// Compared once at each rung.
    @Override
    Optional<String> cut(Trial trial, Report report, double now, int free) {
        return rungs.stream()
                .filter(rung -> report.iteration() >= rung.milestone)
                .findFirst()
                .filter(rung -> !rung.has(trial))
                .flatMap(rung -> {
                    rung.record(trial, report.value());
                    return rung.isTop(trial) ? Optional.empty() : Optional.of(rung.pause(trial));
                });
    }

    @Override
    Decision goesOn(Trial trial, double now, int free) {
        return new Decision.Continue("it is among the best so far");
    }
}
