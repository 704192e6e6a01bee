package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What planning one service has come to so far.
///
/// @param actions in the order in which they are to be started
/// @param notes what a user should know
/// @param hopeless why waiting does not bring what is missing
/// @param wakes when planning again may decide otherwise
record Findings(List<Action> actions, List<String> notes, List<String> hopeless, List<Instant> wakes) {
    /// Nothing so far.
    Findings() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    Optional<Instant> wakeAt() {
        return wakes.stream().min(Comparator.naturalOrder());
    }
}
