package dev.skyhedge.cli.why;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.decision.DecisionJson;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.store.StateStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A decision that a state has kept.
///
/// @param serial that it led to
/// @param at when it was made
/// @param decision itself
record KeptDecision(long serial, Instant at, Decision decision) {
    /// A whole fleet may be in each of them.
    private static final int PAGE = 20;

    /// The newest one of which this holds.
    ///
    /// @param most of no later serial than this
    /// @param word which its text contains if it holds; empty for any
    static Optional<KeptDecision> newest(
            StateStore store, Optional<Long> most, String word, Predicate<Decision> wanted) {
        long before = most.map(serial -> serial + 1).orElse(Long.MAX_VALUE);
        while (true) {
            List<RecordedDecision> page = store.decisions(before, PAGE);
            for (RecordedDecision recorded : page) {
                if (recorded.text().contains(word)) {
                    KeptDecision kept = read(recorded);
                    if (wanted.test(kept.decision())) {
                        return Optional.of(kept);
                    }
                }
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            before = page.getLast().serial();
        }
    }

    private static KeptDecision read(RecordedDecision recorded) {
        try {
            return new KeptDecision(recorded.serial(), recorded.at(), DecisionJson.read(recorded.text()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "The decision that led to serial " + recorded.serial() + " cannot be read",
                    "Another version of Skyhedge has written it (" + e.getMessage()
                            + "). Later ones can be asked about: leave out -at, or give a later serial.");
        }
    }
}
