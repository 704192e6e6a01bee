package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One configuration after the other, each to its end.
public final class RandomSearch extends RungScheduler {
    /// @param trials names, in the order in which they are to be begun
    public RandomSearch(SweepSettings settings, Collection<String> trials) {
        super(settings, trials, List.of());
    }

    @Override
    Optional<Chosen> choose(double now) {
        return begun();
    }

    @Override
    Optional<String> cut(Trial trial, Report report, double now, int free) {
        return Optional.empty();
    }

    @Override
    Decision goesOn(Trial trial, double now, int free) {
        return new Decision.Continue("nothing is cut");
    }
}
