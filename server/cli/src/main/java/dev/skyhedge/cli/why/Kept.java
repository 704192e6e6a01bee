package dev.skyhedge.cli.why;

import dev.skyhedge.state.store.StateStore;
import java.util.Optional;

/// Says what a state has kept of its decisions.
final class Kept {
    private Kept() {}

    /// One sentence for people whose question found nothing.
    static String text(StateStore store) {
        return KeptDecision.newest(store, Optional.empty(), "", _ -> true)
                .map(newest -> "The newest decision that the state has kept led to serial " + newest.serial()
                        + "; older ones go after 30 days, or when there are too many.")
                .orElse("The state has kept no decision yet: apply and watch of this version keep one with each step"
                        + " that changes something.");
    }
}
