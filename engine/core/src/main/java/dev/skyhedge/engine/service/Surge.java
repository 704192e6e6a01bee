package dev.skyhedge.engine.service;

import java.util.function.ToIntFunction;

/// How many more replicas an update may still launch of all parts of a service together: what is missing of their
/// targets, and its surge beyond them. One part has no more of the surge because of what another is missing.
final class Surge {
    private int leftInAll;
    private int beyondTargets;

    private Surge(int leftInAll, int beyondTargets) {
        this.leftInAll = leftInAll;
        this.beyondTargets = beyondTargets;
    }

    /// @param missing of the target of a part; below 0 for what it has beyond it
    static <P> Surge of(int surge, Iterable<P> parts, ToIntFunction<P> missing) {
        int inAll = surge;
        int beyond = surge;
        for (P part : parts) {
            int ofPart = missing.applyAsInt(part);
            inAll += ofPart;
            beyond += Math.min(0, ofPart);
        }
        return new Surge(inAll, beyond);
    }

    /// Takes room for one; false if there is none.
    ///
    /// @param isMissing whether its part has less than its target
    boolean take(boolean isMissing) {
        if (leftInAll <= 0 || (!isMissing && beyondTargets <= 0)) {
            return false;
        }
        leftInAll--;
        beyondTargets -= isMissing ? 0 : 1;
        return true;
    }
}
