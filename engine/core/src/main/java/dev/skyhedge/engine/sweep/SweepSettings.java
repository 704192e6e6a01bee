package dev.skyhedge.engine.sweep;

import java.util.List;

/// What a scheduler goes by.
///
/// @param atoms of the pool; an atom is the least that a trial runs on
/// @param deadline in seconds since the sweep began
/// @param gracePeriod iterations before a trial may be cut
/// @param maxIterations after which a trial is done
/// @param reductionFactor of so many trials one goes on; at least 2
/// @param reallocation who gets atoms that are left when each trial has one
/// @param minGain how much more progress has to be expected until the deadline for a restart on more atoms to pay
/// @param recharge reports of a trial after a start, before the next of which its atoms may change
/// @param resumePausedWhenIdle whether trials that were cut go on where nothing else is left to do
/// @param atomsAllowed what one trial may run on, ascending, from 1
/// @param scaling what more atoms bring
public record SweepSettings(
        int atoms,
        double deadline,
        int gracePeriod,
        int maxIterations,
        int reductionFactor,
        Reallocation reallocation,
        double minGain,
        int recharge,
        boolean resumePausedWhenIdle,
        List<Integer> atomsAllowed,
        Scaling scaling) {
    public SweepSettings {
        atomsAllowed = List.copyOf(atomsAllowed);
    }

    /// Who gets atoms that are left when each running trial has one.
    public enum Reallocation {
        /// One after the other, the best first.
        UNIFORM,
        /// The best gets all.
        TOP,
        /// Each gets as much of them as the exponential of its value is of all; the best what is left of that.
        SOFTMAX,
        /// Nobody.
        NONE
    }

    /// With the constants of the paper.
    public static SweepSettings published(
            int atoms,
            double deadline,
            int gracePeriod,
            int maxIterations,
            List<Integer> atomsAllowed,
            Scaling scaling) {
        return new SweepSettings(
                atoms,
                deadline,
                gracePeriod,
                maxIterations,
                4,
                Reallocation.UNIFORM,
                1.1,
                5,
                true,
                atomsAllowed.stream().filter(allowed -> allowed <= atoms).toList(),
                scaling);
    }

    /// The same with atoms given otherwise.
    public SweepSettings with(Reallocation other) {
        return new SweepSettings(
                atoms,
                deadline,
                gracePeriod,
                maxIterations,
                reductionFactor,
                other,
                minGain,
                recharge,
                resumePausedWhenIdle,
                atomsAllowed,
                scaling);
    }

    int mostOfOneTrial() {
        return Math.min(atoms, atomsAllowed.getLast());
    }
}
