package dev.skyhedge.state;

import dev.skyhedge.state.StateProblem.Kind;

/// The texts of the problems that a store can have: what was found, where, and what to do about it.
final class StateProblems {
    private StateProblems() {}

    /// @throws StateException if this serial cannot be read back
    static void requireReadable(long serial, long oldest, long newest) {
        if (serial < oldest || serial > newest) {
            throw new StateException(new StateProblem(
                    Kind.NO_SUCH_SERIAL,
                    "State has no such serial",
                    "Serial " + serial + " cannot be read; the state keeps serials " + oldest + " to " + newest + "."));
        }
    }
}
